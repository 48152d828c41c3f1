#!/usr/bin/env python3
"""readme.t -- every console example of README.md that runs build/copydesk or sed prints what the README says."""
import os
import re
import subprocess

binary = os.environ.get("COPYDESK", "build/copydesk")
env = {key: value for key, value in os.environ.items() if key != "CI"}  # a person's shell, in which update is not refused
examples = []
for block in re.findall(r"```console\n(.*?)```", open("README.md", encoding="utf-8").read(), re.S):
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        examples.append((command, output))
print("1..%d" % len(examples))
for number, (command, output) in enumerate(examples, 1):
    run = command.replace("build/copydesk", binary)
    # A pipe's first program may be cut short by its reader, and `cut` counts bytes: a letter may be cut in two.
    done = subprocess.run(["bash", "-c", run], stdin=subprocess.DEVNULL, capture_output=True, env=env)
    good = done.stdout.decode("utf-8", "replace") == output
    print("%sok %d - %s" % ("" if good else "not ", number, command))
    if not good:
        print("\n".join("# " + line for line in done.stdout.decode("utf-8", "replace").splitlines()))
