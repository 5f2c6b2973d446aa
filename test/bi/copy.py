"""Keeps a copy of what a service token may read, by the feed of changes, and hands it to pandas.

    HELI_ADDRESS=https://heli.example.gov.cn HELI_TOKEN=heli_... python3 copy.py copy.json

The first run takes everything; each later one what has changed since. The copy is one JSON file: the cursor, and the rows by their ids.
"""
import json
import os
import sys
import urllib.request

DOCUMENT = """query ($since: String) { changes(since: $since, types: ["Assignment", "Task"], first: 1000) { cursor hasMore changes { type id kind node {
  ... on Assignment { trackStatus: status progress dueOn unit { id } task { id } } ... on Task { code title taskStatus: status } } } } }"""


def ask(document, variables):
    request = urllib.request.Request(
        os.environ["HELI_ADDRESS"] + "/graphql",
        json.dumps({"query": document, "variables": variables}).encode(),
        {"content-type": "application/json", "authorization": "Bearer " + os.environ["HELI_TOKEN"]},
    )
    with urllib.request.urlopen(request) as answer:
        body = json.load(answer)
    if "errors" in body:
        raise SystemExit(body["errors"][0]["message"])
    return body["data"]


def pull(copy):
    while True:
        page = ask(DOCUMENT, {"since": copy["cursor"]})["changes"]
        for change in page["changes"]:
            if change["kind"] == "GONE":
                copy["rows"].pop(change["id"], None)
            elif change["node"] is not None:
                copy["rows"][change["id"]] = {"type": change["type"], **change["node"]}
        copy["cursor"] = page["cursor"]
        if not page["hasMore"]:
            return copy


def main(path):
    copy = json.load(open(path)) if os.path.exists(path) else {"cursor": None, "rows": {}}
    pull(copy)
    # Written aside and then moved: a copy is whole, or it is the one before.
    with open(path + ".new", "w") as out:
        json.dump(copy, out, ensure_ascii=False)
    os.replace(path + ".new", path)
    try:
        import pandas
    except ImportError:
        print(len(copy["rows"]))
        return
    rows = pandas.json_normalize([{"id": key, **row} for key, row in copy["rows"].items()])
    print(rows.groupby("trackStatus")["progress"].agg(["count", "mean"]).to_string())


if __name__ == "__main__":
    main(sys.argv[1])
