"""Answers requests on stdin, one JSON line each (see Worker in bench/worker.ts), as bench/ours/protocol.ts does."""

import json
import os
import sys
import time
import traceback


def serve(handlers):
    """handlers: what to do by name, each a function of the request's details that returns numbers by name."""
    # Libraries greet on stdout, which is for answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = handlers[request.pop("do")](**request)
        except Exception as error:
            traceback.print_exc()
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


def timed(turn_ms, work):
    """ms a repetition of work, repeated until it has taken turn_ms; one repetition before that is not timed."""
    work()
    started = time.perf_counter()
    repetitions = 0
    while repetitions == 0 or 1000 * (time.perf_counter() - started) < turn_ms:
        work()
        repetitions += 1
    return 1000 * (time.perf_counter() - started) / repetitions
