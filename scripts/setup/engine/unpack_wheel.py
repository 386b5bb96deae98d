"""Takes out of a wheel what the TensorFlow engine needs: unpack_wheel.py WHEEL FOLDER LIBRARY_FOLDER

TensorFlow's two libraries go to FOLDER/LIBRARY_FOLDER, the C headers to FOLDER/include, and NVIDIA's libraries to
nvidia/ beside LIBRARY_FOLDER, where the libraries' own search path ($ORIGIN/../nvidia/*/lib) finds them.
"""

import os
import re
import shutil
import sys
import zipfile

HEADERS = re.compile(r"tensorflow/include/((tensorflow/c|tensorflow/core/platform|tsl/platform|xla/tsl/c)/.*\.h)$")
LIBRARIES = re.compile(r"tensorflow/(libtensorflow_(cc|framework)\.so\.2)$")
NVIDIA = re.compile(r"(nvidia/\w+/lib/[^/]*\.so[.\d]*)$")


def place(name, library_folder):
    """Where a member of the wheel goes, or None."""
    if match := LIBRARIES.match(name):
        return f"{library_folder}/{match[1]}"
    if match := HEADERS.match(name):
        return f"include/{match[1]}"
    if match := NVIDIA.match(name):
        return f"{os.path.dirname(library_folder)}/{match[1]}"
    return None


def unpack(wheel, folder, library_folder):
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            to = place(name, library_folder)
            if to is None:
                continue
            path = os.path.join(folder, to)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            # Reading to the end compares the member's checksum.
            with archive.open(name) as source, open(path, "wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)


if __name__ == "__main__":
    unpack(*sys.argv[1:])
