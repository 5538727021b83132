/* The machine's clock as a test sets it: the real one, and as many seconds more as stand in a file. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = (int)syscall(SYS_clock_gettime, clock, time);
    const char *path = getenv("TEST_CLOCK_FILE");
    if (result == 0 && clock == CLOCK_REALTIME && path != NULL) {
        char text[32];
        int file = open(path, O_RDONLY | O_CLOEXEC);
        ssize_t length = file < 0 ? -1 : read(file, text, sizeof text - 1);
        if (file >= 0) close(file);
        if (length > 0) {
            text[length] = 0;
            time->tv_sec += atoll(text);
        }
    }
    return result;
}
