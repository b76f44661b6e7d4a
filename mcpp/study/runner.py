"""Works on many independent items: over processes of this machine, or over a Dask cluster.

The embedded default starts one process a core and speaks to them on the loopback alone. Only a few
items for each process are under way at a time, so that memory does not grow with their number.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from typing import Any, TypeVar

from mcpp.errors import InputError, McppError
from mcpp.processes import core_count, share_cores

_AHEAD = 4
"""Items under way for each process."""
_log = logging.getLogger(__name__)
T = TypeVar("T")
R = TypeVar("R")


def _client(workers: int, scheduler: str | None, stack: ExitStack) -> Any:
    """Connect to a cluster, or start one of processes on this machine."""
    try:
        dask: Any = import_module("distributed")  # half a second: only for who plans many
    except ImportError:
        msg = "dask is not installed: pip install 'mcpp-planner[study]'"
        raise McppError(msg) from None
    logging.getLogger("distributed").setLevel(logging.WARNING)  # it sets itself to tell every step
    if scheduler is not None:
        try:
            return stack.enter_context(dask.Client(scheduler, timeout="10s"))
        except (OSError, ValueError) as error:
            msg = f"--scheduler: {scheduler!r} does not answer: give HOST:PORT of a Dask scheduler"
            raise InputError(msg) from error
    # its profiler keeps each second of an hour, some 400 kB a second and process
    config: Any = import_module("dask.config")
    stack.enter_context(config.set({"distributed.worker.profile.enabled": False}))
    cluster = stack.enter_context(
        dask.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",  # None takes the one port that others may have
            memory_limit=0,  # what a plan needs it needs: Dask would pause and kill
            silence_logs=logging.CRITICAL,
        )
    )
    client = stack.enter_context(dask.Client(cluster))
    client.run(share_cores, workers)
    return client


def work_on(
    function: Callable[[T], R],
    items: Iterable[T],
    *,
    workers: int | None = None,
    scheduler: str | None = None,
) -> Iterator[tuple[T, R]]:
    """Call a function with each item; results come as they are ready, in any order.

    Parameters
    ----------
    function
        Of a module, since other processes have to find it; it depends on its argument alone.
    workers
        Processes of this machine; None takes one a core, and 1 works in this process.
    scheduler
        Address of a Dask scheduler, whose workers have mcpp installed.

    Raises
    ------
    InputError
        When there are fewer workers than 1, or the scheduler does not answer.
    McppError
        When Dask is not installed and more than one process is wanted.
    """
    if workers is not None and workers < 1:
        msg = f"--workers: {workers}: give 1 or more"
        raise InputError(msg)
    count = workers or core_count()
    if workers is None and scheduler is None and find_spec("distributed") is None:
        _log.warning("one process only: pip install 'mcpp-planner[study]' for more")
        count = 1
    if count == 1 and scheduler is None:
        for item in items:
            yield item, function(item)
        return
    with ExitStack() as stack:
        client = _client(count, scheduler, stack)
        yield from _results(client, function, iter(items))


def _results(
    client: Any, function: Callable[[T], R], waiting: Iterator[T]
) -> Iterator[tuple[T, R]]:
    """Keep a few items under way for each process, and give each result when it is there."""

    def submit(item: T) -> Any:
        future = client.submit(function, item, pure=False)
        under_way[future.key] = item
        return future

    under_way: dict[str, T] = {}
    places = _AHEAD * max(len(client.scheduler_info(n_workers=-1)["workers"]), 1)
    first = [submit(item) for item in islice(waiting, places)]
    dask: Any = import_module("distributed")
    queue = dask.as_completed(first)
    for future in queue:
        item = under_way.pop(future.key)
        result: R = future.result()
        future.release()
        for following in islice(waiting, 1):
            queue.add(submit(following))
        yield item, result
