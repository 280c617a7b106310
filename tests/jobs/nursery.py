"""Begins one worker after the other, each in a process of its own, without loading it anew.

``python -m tests.jobs.nursery``: for each line on standard input a worker is begun, and its
process id said; when it has ended, that is said too. Loading the program takes a hundred times as
long as what is tried here.
"""

import os
import sys

from mobilizer.factory import create_app
from mobilizer.working import work, worker


def main() -> None:
    """Begin workers until nobody asks for one."""
    app = create_app()
    worker()
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            sys.stdin.close()
            with app.app_context():
                work()
            os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("ended", flush=True)


if __name__ == "__main__":
    main()
