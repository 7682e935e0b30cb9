"""One kernel for all notebooks that a worker of the suite executes, as a build over a reader's own
documents has it: what its modules have imported is not imported twenty times."""

from __future__ import annotations

from nbval import plugin
from nbval.kernel import RunningKernel

from yiyang.report.execution import RESET


class SharedKernel(RunningKernel):
    """A kernel that begins each notebook with no name of the one before, in the notebook's
    folder."""

    _running: SharedKernel | None = None

    @classmethod
    def of(cls, kernel_name: str, cwd: str, startup_timeout: int) -> SharedKernel:
        """Return the kernel of this worker; one that a cell has ended is followed by another."""
        if cls._running is None or not cls._running.is_alive():
            cls._running = cls(kernel_name, cwd, startup_timeout)
        kernel = cls._running
        kernel.run(f"{RESET}\nimport os\nos.chdir({cwd!r})\ndel os")
        return kernel

    def run(self, code: str) -> None:
        """Execute code whose outputs nobody compares."""
        asked = self.execute_cell_input(code)
        self.await_reply(asked, timeout=60)
        self.await_idle(asked, timeout=60)

    @classmethod
    def end(cls) -> None:
        """Stop the kernel of this worker."""
        if cls._running is not None and cls._running.is_alive():
            cls._running.stop()


def share() -> None:
    """Let all notebooks of this worker have one kernel."""

    def leave_running(notebook: plugin.IPyNbFile) -> None:
        """In the place of a teardown that stops the kernel."""

    plugin.RunningKernel = SharedKernel.of
    plugin.IPyNbFile.teardown = leave_running
