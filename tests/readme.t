#!/usr/bin/env python3
"""readme.t -- every console example of README.md that runs build/copydesk or sed prints what the README says."""
import os
import re
import shutil
import subprocess

binary = os.environ.get("COPYDESK", "build/copydesk")
env = {key: value for key, value in os.environ.items() if key != "CI"}  # a person's shell, in which update is not refused
examples = []
for block in re.findall(r"```console\n(.*?)```", open("README.md", encoding="utf-8").read(), re.S):
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, output = part.partition("\n")
        examples.append((command, output))
adding = re.search(r"^### Adding a rule\n(.*?)^### ", open("README.md", encoding="utf-8").read(), re.M | re.S).group(1)
commands = [part for line in re.findall(r"^\$ (.*)", adding, re.M) for part in line.split("; ")]
shutil.rmtree("build/try", ignore_errors=True)  # what an earlier run of the examples has left
print("1..%d" % (len(examples) + 1))
for number, (command, output) in enumerate(examples, 1):
    run = command.replace("build/copydesk", binary)
    # A pipe's first program may be cut short by its reader, and `cut` counts bytes: a letter may be cut in two.
    done = subprocess.run(["bash", "-c", run], stdin=subprocess.DEVNULL, capture_output=True, env=env)
    good = done.stdout.decode("utf-8", "replace") == output
    print("%sok %d - %s" % ("" if good else "not ", number, command))
    if not good:
        print("\n".join("# " + line for line in done.stdout.decode("utf-8", "replace").splitlines()))
told = [" explain ", " rules new ", " rules test ", " update ", " check "]
good = 0 < len(commands) < 10 and all(any(word in command for command in commands) for word in told)
print("%sok %d - a new rule, seen in explain and put under test, in under ten commands: %d" % ("" if good else "not ", len(examples) + 1, len(commands)))
