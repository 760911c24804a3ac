"""An ECS for tests: tasks that start cold, run real processes, and fail on demand.

Clusters, task definitions, SSM and everything else are moto's, by its own HTTP server. What moto's ECS leaves out
is here, in front of it: a task's life takes time, RunTask is idempotent by its token and may find no room, lists are
paged and may lag, Spot tasks are interrupted, and any call can be made to fail.

    dev/ecs run [--port N] [--logs FOLDER]      in the foreground; prints the port it listens on; ends with its stdin

The worker's container (the first essential one) runs as a process of this machine: its entry point and command, with
its environment, overrides and secrets and nothing else but PATH and HOME. StopTask sends it SIGTERM, and SIGKILL after
its stopTimeout. Other containers are taken to succeed at once. An image whose name holds "missing" cannot be pulled.

Control, all POST with JSON:
    /scalable/reset                  ends all tasks; settings, troubles and counts as at the start
    /scalable/settings   {step, capacity, spotCapacity, listLag, describeLag, pageSize}
        step: seconds in each of PROVISIONING, PENDING, ACTIVATING, and in DEPROVISIONING
        capacity, spotCapacity: tasks alive on FARGATE or instances, and on FARGATE_SPOT
        listLag, describeLag: seconds for which a new task is missing from ListTasks, from DescribeTasks
    /scalable/trouble    {action, error, message, status, times, done}
        the next `times` calls of `action` ("*" for all) answer so; `done`: the call is carried out all the same
    /scalable/end        {worker, stopCode, reason, exitCode}     the worker's task ends, as if ECS had done it
    /scalable/state      {}          tasks, calls by action, the most tasks alive by startedBy, workers doubled
"""
import argparse
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from io import BytesIO

from moto.core import DEFAULT_ACCOUNT_ID
from moto.ecs.models import ecs_backends
from moto.server import DomainDispatcherApplication, create_backend_app
from moto.ssm.models import ssm_backends
from werkzeug.serving import WSGIRequestHandler, make_server

DEFAULTS = {"step": 0.1, "capacity": 100000, "spotCapacity": 100000, "listLag": 0, "describeLag": 0, "pageSize": 100}
NO_ROOM = "Capacity is unavailable at this time. Please try again later or in a different availability zone"
CLIMB = ("PROVISIONING", "PENDING", "ACTIVATING")


class Refusal(Exception):
    """An error as AWS answers it."""

    def __init__(self, kind, message, status=400, **more):
        super().__init__(message)
        self.body = {"__type": kind, "message": message, **more}
        self.status = status


class Task:
    """One task; told the time by its world."""

    def __init__(self, world, region, cluster, definition, request, now):
        self.world, self.region, self.cluster, self.definition = world, region, cluster, definition
        self.overrides = request.get("overrides") or {}
        self.tags = list(request.get("tags") or [])
        self.started_by = request.get("startedBy", "")
        strategy = request.get("capacityProviderStrategy") or []
        self.provider = strategy[0]["capacityProvider"] if strategy else None
        self.launch_type = request.get("launchType") or ("FARGATE" if (self.provider or "").startswith("FARGATE") else "EC2")
        self.id = uuid.uuid4().hex
        self.arn = f"arn:aws:ecs:{region}:{DEFAULT_ACCOUNT_ID}:task/{cluster}/{self.id}"
        self.created, self.started, self.stopping, self.gone, self.stopped = now, None, None, None, None
        self.stop_code = self.reason = self.exit_code = self.container_reason = None
        self.process, self.kill_at = None, None
        self.main = next(c for c in definition.container_definitions if c.get("essential", True))

    def tag(self, key):
        return next((t["value"] for t in self.tags if t["key"] == key), None)

    @property
    def status(self):
        if self.stopped is not None:
            return "STOPPED"
        if self.gone is not None:
            return "DEPROVISIONING"
        if self.stopping is not None:
            return "STOPPING" if self.started else "DEACTIVATING"
        if self.started is not None:
            return "RUNNING"
        step = self.world.settings["step"]
        return CLIMB[min(int((time.time() - self.created) / step), 2) if step else 2]

    @property
    def alive(self):
        return self.stopped is None and self.gone is None

    def advance(self, now):
        step = self.world.settings["step"]
        if self.stopped is not None:
            return
        if self.stopping is None and self.started is None:
            if now >= self.created + step and any("missing" in c["image"] for c in self.definition.container_definitions):
                image = next(c["image"] for c in self.definition.container_definitions if "missing" in c["image"])
                self.container_reason = f"CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref {image}: not found"
                self.stop("TaskFailedToStart", self.container_reason, now)
            elif now >= self.created + 3 * step:
                self.start(now)
        if self.process is not None and self.exit_code is None:
            code = self.process.poll()
            if code is not None:
                self.exit_code = code if code >= 0 else 128 - code
                self.kill_group(signal.SIGKILL)
                self.stop("EssentialContainerExited", "Essential container in task exited", now)
            elif self.kill_at is not None and now >= self.kill_at:
                self.kill_group(signal.SIGKILL)
        if self.stopping is not None and self.gone is None and (self.process is None or self.exit_code is not None):
            self.gone = now
        if self.gone is not None and now >= self.gone + step:
            self.stopped = now

    def start(self, now):
        self.started = now
        override = next((o for o in self.overrides.get("containerOverrides", []) if o["name"] == self.main["name"]), {})
        env = {"PATH": os.environ["PATH"], "HOME": "/tmp"}
        env.update({e["name"]: e["value"] for e in self.main.get("environment", []) + override.get("environment", [])})
        for secret in self.main.get("secrets", []):
            value = self.world.secret(self.region, secret["valueFrom"])
            if value is None:
                self.started = None
                return self.stop("TaskFailedToStart", "ResourceInitializationError: unable to pull secrets or registry auth: "
                                 f"invalid ssm parameters: {secret['valueFrom']}", now)
            env[secret["name"]] = value
        words = self.main.get("entryPoint", []) + (override.get("command") or self.main.get("command", []))
        with open(os.path.join(self.world.logs, self.id + ".log"), "ab") as log:
            try:
                self.process = subprocess.Popen(words, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
            except OSError as error:
                self.container_reason = f"CannotStartContainerError: {words[0]}: {error.strerror}"
                self.stop("TaskFailedToStart", self.container_reason, now)

    def stop(self, code, reason, now):
        if self.stopping is not None:
            return
        self.stopping, self.stop_code, self.reason = now, code, reason
        if self.process is not None and self.process.poll() is None:
            self.kill_at = now + self.main.get("stopTimeout", 30)
            self.process.send_signal(signal.SIGTERM)

    def kill_group(self, how):
        try:
            os.killpg(self.process.pid, how)
        except ProcessLookupError:
            pass

    def show(self, with_tags):
        main = {"name": self.main["name"], "image": self.main["image"], "taskArn": self.arn,
                "lastStatus": "RUNNING" if self.started and self.alive else "STOPPED" if not self.alive else "PENDING"}
        if self.exit_code is not None and not self.alive:
            main["exitCode"] = self.exit_code
        if self.container_reason:
            main["reason"] = self.container_reason
        shown = {"taskArn": self.arn, "clusterArn": f"arn:aws:ecs:{self.region}:{DEFAULT_ACCOUNT_ID}:cluster/{self.cluster}",
                 "taskDefinitionArn": self.definition.arn, "lastStatus": self.status,
                 "desiredStatus": "RUNNING" if self.stopping is None else "STOPPED", "startedBy": self.started_by,
                 "createdAt": self.created, "startedAt": self.started, "stoppingAt": self.stopping, "stoppedAt": self.stopped,
                 "stopCode": self.stop_code, "stoppedReason": self.reason, "launchType": self.launch_type,
                 "capacityProviderName": self.provider, "containers": [main], "overrides": self.overrides,
                 "tags": self.tags if with_tags else []}
        return {key: value for key, value in shown.items() if value is not None}


class World:
    """All tasks, and what is to go wrong."""

    def __init__(self, logs):
        self.logs, self.lock = logs, threading.RLock()
        self.tasks, self.tokens = {}, {}
        self.reset({})

    def reset(self, _):
        for task in self.tasks.values():
            if task.process is not None and task.process.poll() is None:
                task.kill_group(signal.SIGKILL)
                task.process.wait()
        self.tasks, self.tokens, self.troubles = {}, {}, []
        self.settings, self.calls, self.most, self.doubled = dict(DEFAULTS), Counter(), Counter(), []
        return {}

    # Control

    def change(self, body):
        unknown = set(body) - set(DEFAULTS)
        if unknown:
            raise Refusal("InvalidParameterException", f"no such settings: {unknown}")
        self.settings.update(body)
        return self.settings

    def trouble(self, body):
        self.troubles.append({"action": "*", "status": 400, "message": "as it was told to", "times": 1, "done": False, **body})
        return {}

    def end(self, body):
        now = time.time()
        for task in self.tasks.values():
            if task.tag("scalable:worker") == body["worker"] and task.alive:
                if "exitCode" in body and task.process is not None:
                    task.kill_group(signal.SIGKILL)
                    task.process.wait()
                    task.exit_code, task.container_reason = body["exitCode"], body.get("containerReason")
                task.stop(body["stopCode"], body["reason"], now)
        return {}

    def state(self, _):
        return {"calls": self.calls, "mostAlive": self.most, "doubled": self.doubled, "tasks": [
            {"arn": t.arn, "status": t.status, "worker": t.tag("scalable:worker"), "deployment": t.tag("scalable:deployment"),
             "capacity": t.provider or t.launch_type, "startedBy": t.started_by, "tags": {x["key"]: x["value"] for x in t.tags},
             "pid": t.process.pid if t.process is not None and t.process.poll() is None else None,
             "definition": t.definition.arn} for t in self.tasks.values()]}

    def due_trouble(self, action):
        for trouble in self.troubles:
            if trouble["times"] > 0 and trouble["action"] in ("*", action):
                trouble["times"] -= 1
                return trouble
        return None

    # ECS

    def cluster(self, region, request):
        name = request.get("cluster", "default").split("/")[-1]
        if name not in ecs_backends[DEFAULT_ACCOUNT_ID][region].clusters:
            raise Refusal("ClusterNotFoundException", "Cluster not found.")
        return name

    def secret(self, region, name):
        parameter = ssm_backends[DEFAULT_ACCOUNT_ID][region].get_parameter(name)
        return None if parameter is None else parameter.response_object(decrypt=True)["Value"]

    def room(self, provider):
        on_spot = provider == "FARGATE_SPOT"
        taken = sum(1 for t in self.tasks.values() if t.alive and (t.provider == "FARGATE_SPOT") == on_spot)
        return self.settings["spotCapacity" if on_spot else "capacity"] - taken

    def run_task(self, region, request):
        cluster, count, now = self.cluster(region, request), request.get("count", 1), time.time()
        if not 1 <= count <= 10:
            raise Refusal("InvalidParameterException", "Task count must be between 1 and 10.")
        if len(json.dumps(request.get("overrides") or {}, separators=(",", ":"))) > 8192:
            raise Refusal("InvalidParameterException", "Container Overrides length must be at most 8192")
        if len(request.get("startedBy", "")) > 36:
            raise Refusal("InvalidParameterException", "startedBy must be at most 36 characters")
        token, asked = request.get("clientToken"), json.dumps(request, sort_keys=True)
        if token and (cluster, token) in self.tokens:
            before, arns = self.tokens[cluster, token]
            if before != asked:
                raise Refusal("ConflictException", "The provided clientToken is already in use with a different RunTask request.", resourceIds=arns)
            return {"tasks": [self.tasks[arn].show(True) for arn in arns], "failures": []}
        definition = ecs_backends[DEFAULT_ACCOUNT_ID][region].describe_task_definition(request["taskDefinition"])
        if definition.status != "ACTIVE":
            raise Refusal("ClientException", "TaskDefinition is inactive")
        if definition.network_mode == "awsvpc" and not request.get("networkConfiguration"):
            raise Refusal("InvalidParameterException", "Network Configuration must be provided when networkMode 'awsvpc' is specified.")
        strategy = request.get("capacityProviderStrategy") or []
        room = self.room(strategy[0]["capacityProvider"] if strategy else None)
        started = [Task(self, region, cluster, definition, request, now) for _ in range(max(0, min(count, room)))]
        for task in started:
            worker = task.tag("scalable:worker")
            if any(other.alive and other.tag("scalable:worker") == worker for other in self.tasks.values()):
                self.doubled.append(worker)
            self.tasks[task.arn] = task
        if token and started:
            self.tokens[cluster, token] = (asked, [task.arn for task in started])
        by = request.get("startedBy", "")
        self.most[by] = max(self.most[by], sum(1 for t in self.tasks.values() if t.alive and t.started_by == by))
        failures = [{"reason": NO_ROOM}] if len(started) < count else []
        return {"tasks": [task.show(True) for task in started], "failures": failures}

    def describe_tasks(self, region, request):
        cluster, asked, now = self.cluster(region, request), request.get("tasks", []), time.time()
        if not 1 <= len(asked) <= 100:
            raise Refusal("InvalidParameterException", "Tasks must hold between 1 and 100 entries.")
        tasks, failures = [], []
        for name in asked:
            task = next((t for t in self.tasks.values() if name in (t.arn, t.id) and t.cluster == cluster), None)
            if task is None or now < task.created + self.settings["describeLag"]:
                failures.append({"arn": name, "reason": "MISSING"})
            else:
                tasks.append(task.show("TAGS" in request.get("include", [])))
        return {"tasks": tasks, "failures": failures}

    def list_tasks(self, region, request):
        cluster, now = self.cluster(region, request), time.time()
        stopped = request.get("desiredStatus", "RUNNING") == "STOPPED"
        found = [t for t in self.tasks.values() if t.cluster == cluster and (t.stopping is not None) == stopped
                 and request.get("startedBy") in (None, t.started_by) and now >= t.created + self.settings["listLag"]]
        size = min(request.get("maxResults", 100), self.settings["pageSize"])
        first = int(request.get("nextToken") or 0)
        page = {"taskArns": [t.arn for t in found[first:first + size]]}
        if first + size < len(found):
            page["nextToken"] = str(first + size)
        return page

    def stop_task(self, region, request):
        cluster = self.cluster(region, request)
        task = next((t for t in self.tasks.values() if request["task"] in (t.arn, t.id) and t.cluster == cluster), None)
        if task is None:
            raise Refusal("InvalidParameterException", "The referenced task was not found.")
        task.stop("UserInitiated", request.get("reason") or "Task stopped by user", time.time())
        return {"task": task.show(True)}

    OURS = {"RunTask": run_task, "DescribeTasks": describe_tasks, "ListTasks": list_tasks, "StopTask": stop_task}

    def live(self):
        while True:
            with self.lock:
                now = time.time()
                for task in list(self.tasks.values()):
                    task.advance(now)
            time.sleep(0.03)


class Front:
    """What every request comes through."""

    CONTROL = {"reset": World.reset, "settings": World.change, "trouble": World.trouble, "end": World.end, "state": World.state}

    def __init__(self, world):
        self.world, self.moto = world, DomainDispatcherApplication(create_backend_app)

    def __call__(self, environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        control = re.fullmatch(r"/scalable/(\w+)", environ.get("PATH_INFO", ""))
        if control:
            with self.world.lock:
                return self.answer(start_response, 200, self.CONTROL[control[1]](self.world, json.loads(body or b"{}")))
        service, _, action = environ.get("HTTP_X_AMZ_TARGET", "").partition(".")
        region = (re.search(r"Credential=[^/]+/\d+/([^/]+)/", environ.get("HTTP_AUTHORIZATION", "")) or [0, "us-east-1"])[1]
        with self.world.lock:
            self.world.calls[action] += 1
            trouble = self.world.due_trouble(action)
        try:
            if trouble and not trouble["done"]:
                raise Refusal(trouble["error"], trouble["message"], trouble["status"])
            if service.startswith("AmazonEC2ContainerService") and action in World.OURS:
                with self.world.lock:
                    result = World.OURS[action](self.world, region, json.loads(body or b"{}"))
            else:
                return self.moto({**environ, "wsgi.input": BytesIO(body)}, start_response)
            if trouble:
                raise Refusal(trouble["error"], trouble["message"], trouble["status"])
            return self.answer(start_response, 200, result)
        except Refusal as refusal:
            return self.answer(start_response, refusal.status, refusal.body)

    @staticmethod
    def answer(start_response, status, body):
        data = json.dumps(body).encode()
        start_response(f"{status} -", [("Content-Type", "application/x-amz-json-1.1"), ("Content-Length", str(len(data))),
                                       ("x-amzn-RequestId", str(uuid.uuid4()))])
        return [data]


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, *_):
        pass


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--logs", default=os.path.join(os.environ.get("TMPDIR", "/tmp"), "scalable-ecs"))
    options.add_argument("--forever", action="store_true", help="go on when standard input ends")
    given = options.parse_args()
    os.makedirs(given.logs, exist_ok=True)
    world = World(given.logs)
    server = make_server("127.0.0.1", given.port, Front(world), threaded=True, request_handler=Quiet)
    threading.Thread(target=world.live, daemon=True).start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        while given.forever or sys.stdin.buffer.read(1):
            if given.forever:
                time.sleep(3600)
    finally:
        with world.lock:
            world.reset({})


if __name__ == "__main__":
    main()
