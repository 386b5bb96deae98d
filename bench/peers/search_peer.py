"""Nearest neighbours: search_peer.py brute | kd_tree (scikit-learn) | flat (faiss-cpu). Commands: load, build, one, batch,
check."""

import sys
import time

import numpy as np
from protocol import serve, timed

NEIGHBOURS = 9
kind = sys.argv[1]
points = queries = search = None


def load(points_file, queries_file, size):
    """Files of raw 32-bit floats, [count, size]."""
    global points, queries
    points = np.fromfile(points_file, np.float32).reshape(-1, size)
    queries = np.fromfile(queries_file, np.float32).reshape(-1, size)
    build()
    return {}


def build():
    """Makes the index. search(queries) gives indices, nearest first."""
    global search
    started = time.perf_counter()
    if kind == "flat":
        import faiss

        index = faiss.IndexFlatL2(points.shape[1])
        index.add(points)
        search = lambda q: index.search(q, NEIGHBOURS)[1]
    else:
        from sklearn.neighbors import NearestNeighbors

        index = NearestNeighbors(n_neighbors=NEIGHBOURS, algorithm=kind).fit(points)
        search = lambda q: index.kneighbors(q)[1]
    return {"ms": 1000 * (time.perf_counter() - started)}


def one(turnMs):
    """ms a query alone, the median of those of this turn."""
    times, started, i = [], time.perf_counter(), 0
    while i < 2 or 1000 * (time.perf_counter() - started) < turnMs:
        query = queries[i % len(queries)][None]
        before = time.perf_counter()
        search(query)
        if i > 0:
            times.append(1000 * (time.perf_counter() - before))
        i += 1
    return {"ms": float(np.median(times))}


def batch(turnMs):
    """ms for all queries together."""
    return {"ms": timed(turnMs, lambda: search(queries))}


def check():
    """The sum of the distances to the points found, computed here: what the library says of them may be rounded."""
    found = points[search(queries)].astype(np.float64)
    return {"sum": float(np.linalg.norm(found - queries[:, None], axis=2).sum())}


serve(
    {
        "load": lambda points, queries, size: load(points, queries, size),
        "build": build,
        "one": one,
        "batch": batch,
        "check": check,
    }
)
