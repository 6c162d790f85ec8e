"""What the standard library has on Unix only, or on Windows only."""

UNIX_MODULES = set("crypt curses fcntl grp nis ossaudiodev posix pty pwd readline resource spwd syslog termios tty".split())
WINDOWS_MODULES = {"msvcrt", "winreg", "winsound", "_winapi"}
UNIX_NAMES = {
    "os": set(
        "O_CLOEXEC O_DIRECTORY O_NOCTTY O_NOFOLLOW O_NONBLOCK PRIO_PROCESS chown chroot confstr fchdir fchmod fchown fork "
        "forkpty getegid geteuid getgid getgroups getloadavg getpgid getpgrp getpriority getresuid getsid getuid initgroups "
        "killpg lchown lockf mkfifo mknod nice openpty pathconf posix_fadvise posix_fallocate posix_spawn pread "
        "preadv pwrite pwritev readv sched_getaffinity sched_setaffinity sched_yield sendfile setegid seteuid setgid "
        "setgroups setpgid setpriority setsid setuid statvfs sync sysconf tcgetpgrp ttyname uname wait3 wait4 writev".split()
    ),
    "signal": set(
        "ITIMER_PROF ITIMER_REAL ITIMER_VIRTUAL SIGALRM SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGQUIT SIGSTOP SIGTSTP "
        "SIGTTIN SIGTTOU SIGUSR1 SIGUSR2 SIGWINCH SIGXCPU SIGXFSZ SIG_BLOCK SIG_SETMASK SIG_UNBLOCK alarm getitimer pause "
        "pthread_kill pthread_sigmask setitimer siginterrupt sigpending sigwait sigwaitinfo".split()
    ),
    "multiprocessing": {"set_start_method"},
    "time": {"clock_gettime", "pthread_getcpuclockid", "tzset"},
}
