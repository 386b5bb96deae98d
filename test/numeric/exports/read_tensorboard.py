"""Asks TensorBoard's own server, as its page does, what it finds in a folder, and prints the answers as JSON."""

import base64
import json
import os
import sys
from urllib.parse import urlencode

from google.protobuf import json_format
from tensorboard.backend import application
from tensorboard.backend.event_processing import data_provider, plugin_event_multiplexer
from tensorboard.plugins import base_plugin
from tensorboard.plugins.hparams.hparams_plugin import HParamsPlugin
from tensorboard.plugins.projector.projector_config_pb2 import ProjectorConfig
from tensorboard.plugins.projector.projector_plugin import ProjectorPlugin
from werkzeug.test import Client

folder = sys.argv[1]
multiplexer = plugin_event_multiplexer.EventMultiplexer()
multiplexer.AddRunsFromDirectory(folder)
multiplexer.Reload()
provider = data_provider.MultiplexerDataProvider(multiplexer, folder)
context = base_plugin.TBContext(logdir=folder, data_provider=provider, multiplexer=multiplexer)
plugins = [ProjectorPlugin(context), HParamsPlugin(context)]
client = Client(application.TensorBoardWSGI(plugins, data_provider=provider))


def answer(response):
    assert response.status_code == 200, response.data
    return response.data


def ask(what, **words):
    return answer(client.get(f"/data/plugin/projector/{what}?{urlencode(words)}"))


def hparams(what, **words):
    return json.loads(answer(client.post(f"/data/plugin/hparams/{what}", json={"experimentName": "", **words})))


[run] = json.loads(ask("runs"))
info = json.loads(ask("info", run=run))
name = info["embeddings"][0]["tensorName"]
groups = hparams(
    "session_groups", allowedStatuses=["STATUS_SUCCESS"], colParams=[], startIndex=0, sliceSize=10
)
metrics = hparams("experiment")["metricInfos"]
with open(os.path.join(folder, "projector_config.json")) as file:
    standalone = json_format.MessageToDict(json_format.Parse(file.read(), ProjectorConfig()))
has_sprite = "sprite" in info["embeddings"][0]
print(
    json.dumps(
        {
            "info": info,
            "standalone": standalone,
            "tensor": base64.b64encode(ask("tensor", run=run, name=name, num_rows=100000)).decode(),
            "metadata": ask("metadata", run=run, name=name, num_rows=100000).decode(),
            "sprite": base64.b64encode(ask("sprite_image", run=run, name=name)).decode() if has_sprite else None,
            "sessions": [group["hparams"] for group in groups["sessionGroups"]],
            "metrics": sorted(metric["name"]["tag"] for metric in metrics),
        }
    )
)
