// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * failing-files.c - preloaded into a daemon: calls on files below /opt/mhvtl fail as long as the file named by FAILING_FILES
 * exists. It holds the kind of call (open, write or sync) and an errno, for example "write 5".
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#define BELOW "/opt/mhvtl/"

/* Sets errno and says true when calls of this kind are to fail. */
static bool to_fail(const char *kind)
{
	const char *name = getenv("FAILING_FILES");
	FILE *file = name ? fopen(name, "r") : NULL;
	char wanted[16] = "";
	int error = 0;
	bool found;

	if (!file)
		return false;
	found = fscanf(file, "%15s %d", wanted, &error) == 2 && !strcmp(wanted, kind);
	fclose(file);
	if (found)
		errno = error;
	return found;
}

static bool is_below(const char *path)
{
	return !strncmp(path, BELOW, strlen(BELOW));
}

static bool descriptor_fails(const char *kind, int fd)
{
	char link[64], path[512];
	ssize_t length;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	length = readlink(link, path, sizeof(path) - 1);
	if (length < 0)
		return false;
	path[length] = 0;
	return is_below(path) && to_fail(kind);
}

#define OPENS(name)								\
	int name(const char *path, int flags, ...)				\
	{									\
		static int (*real)(const char *, int, ...);			\
		va_list more;							\
		mode_t mode;							\
										\
		va_start(more, flags);						\
		mode = va_arg(more, mode_t);					\
		va_end(more);							\
		if (!real)							\
			real = dlsym(RTLD_NEXT, #name);				\
		return is_below(path) && to_fail("open") ? -1 : real(path, flags, mode); \
	}

#define ON_DESCRIPTOR(kind, type, name, parameters, ...)			\
	type name parameters							\
	{									\
		static type (*real) parameters;					\
										\
		if (!real)							\
			real = dlsym(RTLD_NEXT, #name);				\
		return descriptor_fails(kind, fd) ? -1 : real(__VA_ARGS__);	\
	}

OPENS(open)
OPENS(open64)
ON_DESCRIPTOR("write", ssize_t, write, (int fd, const void *bytes, size_t length), fd, bytes, length)
ON_DESCRIPTOR("write", ssize_t, pwrite, (int fd, const void *bytes, size_t length, off_t at), fd, bytes, length, at)
ON_DESCRIPTOR("write", ssize_t, pwrite64, (int fd, const void *bytes, size_t length, off64_t at), fd, bytes, length, at)
ON_DESCRIPTOR("write", ssize_t, writev, (int fd, const struct iovec *parts, int count), fd, parts, count)
ON_DESCRIPTOR("write", ssize_t, pwritev, (int fd, const struct iovec *parts, int count, off_t at), fd, parts, count, at)
ON_DESCRIPTOR("write", ssize_t, pwritev64, (int fd, const struct iovec *parts, int count, off64_t at), fd, parts, count, at)
ON_DESCRIPTOR("sync", int, fdatasync, (int fd), fd)
ON_DESCRIPTOR("sync", int, fsync, (int fd), fd)
