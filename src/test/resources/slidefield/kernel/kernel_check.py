"""Drives the kernel "java" as a front end does and prints what it saw as JSON; the JUnit test judges it."""

import json
import os
import queue
import signal
import subprocess
import sys
import time

from jupyter_client.manager import KernelManager

BELONG = ("stream", "execute_result", "display_data", "update_display_data", "error")


class Session:
    def __init__(self):
        self.manager = KernelManager(kernel_name="java")
        start = time.time()
        self.manager.start_kernel()
        self.connect()
        self.ready = time.time() - start

    def connect(self):
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def pid(self):
        return self.manager.provisioner.process.pid

    def reply(self, message, timeout=30):
        while True:
            reply = self.client.get_shell_msg(timeout=timeout)
            if reply["parent_header"].get("msg_id") == message:
                return reply["content"]

    def outputs(self, message, timeout=30):
        seen = []
        while True:
            found = self.client.get_iopub_msg(timeout=timeout)
            if found["parent_header"].get("msg_id") != message:
                continue
            content = found["content"]
            if found["msg_type"] == "status" and content["execution_state"] == "idle":
                return seen
            if found["msg_type"] in BELONG:
                seen.append({"type": found["msg_type"], **{k: v for k, v in content.items() if k != "metadata"}})

    def signal(self):
        os.kill(self.pid(), signal.SIGINT)

    def run(self, code, interrupt_after=None, interrupt=None, interrupt_when=None):
        message = self.client.execute(code, stop_on_error=True)
        if interrupt_when is not None:
            wait_file(interrupt_when, 120)
        start = time.time()
        if interrupt_after is not None:
            time.sleep(interrupt_after)
            (interrupt or self.manager.interrupt_kernel)()
            start = time.time()
        outputs = self.outputs(message, 300)
        return {"status": self.reply(message)["status"], "seconds": time.time() - start, "outputs": outputs}

    def ask(self, message):
        return self.reply(message)

    def shutdown(self):
        pid = self.pid()
        start = time.time()
        self.client.shutdown()
        gone = wait_gone(pid, 10)
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        return time.time() - start if gone else None


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def wait_gone(pid, seconds):
    end = time.time() + seconds
    while alive(pid) and time.time() < end:
        time.sleep(0.05)
    return not alive(pid)


def wait_file(name, seconds):
    end = time.time() + seconds
    while not os.path.exists(name) and time.time() < end:
        time.sleep(0.01)


def children(pid):
    """Processes whose parent is this one."""
    found = []
    for name in os.listdir("/proc"):
        try:
            with open(f"/proc/{name}/stat") as stat:
                if name.isdigit() and int(stat.read().rsplit(")", 1)[1].split()[1]) == pid:
                    found.append(int(name))
        except OSError:
            pass
    return found


def starts(count):
    """Starts, one cell, shutdown, again and again."""
    results = []
    for _ in range(count):
        try:
            session = Session()
            value = session.run("6 * 7")["outputs"]
            results.append({"ready": session.ready, "value": value[0]["data"]["text/plain"], "gone": session.shutdown()})
        except (RuntimeError, queue.Empty) as failure:
            results.append({"failure": repr(failure)})
    return results


def cells(requests):
    """Runs cells in one kernel; a request is {"name", "code", "interrupt_after"?}."""
    session = Session()
    results = {r["name"]: session.run(r["code"], r.get("interrupt_after")) for r in requests}
    results["complete"] = session.ask(session.client.complete('String t = "abc";\nt.subs', 24))
    results["inspect"] = session.ask(session.client.inspect("Math.max(1, 2)", 6))
    results["is_complete"] = [session.ask(session.client.is_complete(c))["status"] for c in ("for (;;) {", "int a = 3;")]
    results["queue"] = queued(session)
    results["input"] = typed(session)
    session.signal()  # between cells: nothing to stop
    results["signal"] = session.run("while (true) { }", 0.7, session.signal)
    results["after_signal"] = session.run("2 + 3")
    session.client.stop_channels()
    session.manager.restart_kernel(now=False)
    session.connect()
    results["restarted"] = session.run("kept")
    results["restarted_next"] = session.run("1 + 2")
    pid = session.pid()
    results["gone"] = {"seconds": session.shutdown(), "alive": alive(pid)}
    return results


def training(requests):
    """Runs cells that may be interrupted when a file is there; the last one has processes when the kernel is killed."""
    session = Session()
    results = {}
    for r in requests[:-1]:
        results[r["name"]] = session.run(r["code"], r.get("interrupt_after"), interrupt_when=r.get("interrupt_when"))
    session.client.execute(requests[-1]["code"])
    pid = session.pid()
    end = time.time() + 120
    while not children(pid) and time.time() < end:
        time.sleep(0.05)
    time.sleep(2)  # they are at work
    workers = children(pid)
    os.kill(pid, signal.SIGKILL)
    results["killed"] = {"workers": len(workers), "gone": [wait_gone(worker, 10) for worker in workers]}
    session.client.stop_channels()
    session.manager.cleanup_resources()
    return results


def queued(session):
    """Three cells sent at once, the second fails."""
    messages = [session.client.execute(code) for code in ("Thread.sleep(300);", "int zero = 0; 1 / zero", "100 + 1")]
    statuses = [session.reply(message)["status"] for message in messages]
    session.outputs(messages[-1])
    return statuses


def typed(session):
    """A cell that reads a line."""
    message = session.client.execute("new Scanner(System.in).nextLine().length()", allow_stdin=True)
    session.client.get_stdin_msg(timeout=20)
    session.client.input("héllo")
    return session.outputs(message)


def orphan():
    """A front end that dies without a word."""
    child = subprocess.run(
        [sys.executable, __file__, "die"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=90, check=False
    )
    # run() returns once nobody holds the child's output: the child is a zombie until the kernel has ended too.
    seen = json.loads(child.stdout.strip().splitlines()[-1])
    return {"was_alive": seen["alive"], "gone": wait_gone(seen["pid"], 15)}


def die():
    """Killed while a cell works that stops for nothing."""
    session = Session()
    session.client.execute("new Thread(() -> { while (true) { } }).start(); System.out.println(1); while (true) { }")
    while session.client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
        pass
    print(json.dumps({"pid": session.pid(), "alive": alive(session.pid())}), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


def main():
    # as a terminal has it: a background job of a script ignores interrupts, and so would the kernel
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command = sys.argv[1]
    if command == "die":
        die()
    commands = {
        "starts": lambda: starts(int(sys.argv[2])),
        "cells": lambda: cells(json.load(sys.stdin)),
        "training": lambda: training(json.load(sys.stdin)),
        "orphan": orphan,
    }
    result = commands[command]()
    print(json.dumps(result))
    sys.stdout.flush()
    os._exit(0)  # jupyter_client's destructors complain at interpreter exit


main()
