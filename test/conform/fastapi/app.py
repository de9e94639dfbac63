"""A small service as somebody would write it, with its metrics; WRONG names one way of getting them wrong."""

import os
import time

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client import generate_latest, multiprocess

WRONG = os.environ.get("WRONG", "")
MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR" in os.environ

registry = None if MULTIPROCESS else CollectorRegistry()
own = {} if registry is None else {"registry": registry}
REQUESTS = Counter("http_requests", "Requests.", ["method", "endpoint", "status"], **own)
SECONDS = Histogram(
    "http_request_duration_seconds",
    "Time to answer.",
    ["method", "endpoint"],
    buckets=[0.005, 0.05, 0.1, 0.5, 1, 5, 100, 1000] if WRONG != "no-edge" else [0.005, 0.05, 0.5, 5],
    **own,
)
OPEN = Gauge(
    "http_connections_active", "Requests under way.", multiprocess_mode="livesum", **own
)
if WRONG == "business-gauge":
    Gauge("shop_stock", "Of another service.", **own)

app = FastAPI()


def template(request: Request) -> str:
    if WRONG == "raw-path":
        return request.url.path
    route = request.scope.get("route")
    return route.path if route else "unmatched"


@app.middleware("http")
async def measure(request: Request, call_next):
    uncounted = ("/openapi.json",) if WRONG == "scrapes-counted" else ("/metrics", "/openapi.json")
    if request.url.path in uncounted:
        return await call_next(request)
    OPEN.inc()
    began = time.perf_counter()
    status = 500
    try:
        response = await call_next(request)
        status = response.status_code
        return response
    except Exception:
        if WRONG == "exception-not-counted":
            status = None
        return JSONResponse({"error": "it crashed"}, status_code=500)
    finally:
        if WRONG != "gauge-not-decremented":
            OPEN.dec()
        took = time.perf_counter() - began
        SECONDS.labels(request.method, template(request)).observe(
            took * 1000 if WRONG == "milliseconds" else took
        )
        if WRONG == "counter-reset" and template(request) == "unmatched":
            REQUESTS.clear()
        if status is not None:
            text = "OK" if WRONG == "status-as-text" and status == 200 else str(status)
            REQUESTS.labels(request.method, template(request), text).inc()


@app.get("/api/items/{item_id}")
async def item(item_id: str):
    return {"id": item_id}


@app.get("/api/items")
async def items():
    return []


@app.get("/api/crash")
async def crash():
    raise RuntimeError("as handlers do")


@app.get("/metrics", include_in_schema=False)
async def metrics():
    if MULTIPROCESS:
        everybody = CollectorRegistry()
        multiprocess.MultiProcessCollector(everybody)
        return Response(generate_latest(everybody), media_type=CONTENT_TYPE_LATEST)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
