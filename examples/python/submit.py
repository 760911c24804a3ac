"""Submits tasks to a deployment and gathers their results.  submit.py BROKER DEPLOYMENT [COUNT] [CLIENT.PROPERTIES]

The deployment has a component or tag named "text"; see docs/events.md for how to make one.
"""

import json
import sys
import time
import uuid

from confluent_kafka import Consumer, Producer, TopicPartition


def settings(broker, path):
    """The client's settings: the broker, and what the properties file at `path` says."""
    found = {"bootstrap.servers": broker}
    if path:
        with open(path, encoding="utf-8") as lines:
            found.update(line.strip().split("=", 1) for line in lines if "=" in line)
    return found


def submit(kafka, deployment, batch, count):
    """Submits `count` tasks, whose ids begin with `batch`."""
    producer = Producer({**kafka, "linger.ms": 5})
    for i in range(count):
        task = {
            "type": "SubmitTask",
            "deploymentId": deployment,
            "taskId": f"{deployment}/{batch}/{i}",
            "task": "echo",
            "tag": "text",
            "index": i,
            "work": {"kind": "command", "argv": ["echo", str(i)]},
            "expectSeconds": 0.01,
        }
        producer.produce("scalable.tasks", key=deployment, value=json.dumps(task))
        producer.poll(0)
    producer.flush()


def gather(consumer, prefix, count, patience=120):
    """The results of `count` tasks whose ids begin with `prefix`, by index; the first for each task counts."""
    results = {}
    end = time.monotonic() + patience
    while len(results) < count:
        if time.monotonic() > end:
            sys.exit(f"only {len(results)} of {count} results within {patience} s")
        record = consumer.poll(1.0)
        if record is None:
            continue
        if record.error():
            sys.exit(str(record.error()))
        result = json.loads(record.value())
        if result["taskId"].startswith(prefix):
            if result["state"] != "SUCCEEDED":
                sys.exit(f"{result['taskId']}: {result['state']}, {result['failures']}")
            results.setdefault(result["index"], result["result"]["value"])
    return results


def main():
    broker, deployment = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    kafka = settings(broker, sys.argv[4] if len(sys.argv) > 4 else None)
    batch = f"batch-{uuid.uuid4().hex[:8]}"

    consumer = Consumer({**kafka, "group.id": batch, "auto.offset.reset": "earliest", "enable.auto.commit": False})
    consumer.assign([TopicPartition(f"scalable.results.{deployment}", 0, 0)])
    begin = time.monotonic()
    submit(kafka, deployment, batch, count)
    results = gather(consumer, f"{deployment}/{batch}/", count)
    seconds = time.monotonic() - begin
    consumer.close()

    assert results == {i: i for i in range(count)}, "a result is wrong"
    print(f"{count} tasks, all results right, in {seconds:.1f} s ({count / seconds:.0f} a second)")


if __name__ == "__main__":
    main()
