// SPDX-License-Identifier: GPL-2.0-or-later
// A small initiator: sends one SCSI command through SG_IO, or resets, or measures round trips.
//
//   sgio DEVICE io TIMEOUT_MS none|out|in LENGTH CDB_HEX   data-out from stdin
//        prints "STATUS HOST RESIDUAL SENSE_LENGTH\n", then the sense data, then LENGTH bytes of data-in
//   sgio DEVICE reset lun|target
//   sgio DEVICE time COUNT PAUSE_US none|out|in LENGTH CDB_HEX
//        prints "P50 P99 MEAN\n", microseconds a command
#include <errno.h>
#include <fcntl.h>
#include <scsi/sg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/* linux/scsi/sg.h has these, the C library's copy does not. */
#define RESET_DEVICE	1
#define RESET_TARGET	4
#define NO_ESCALATE	0x100

static unsigned char sense[252];

static void die(const char *what)
{
	fprintf(stderr, "sgio: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int direction(const char *word)
{
	if (!strcmp(word, "out"))
		return SG_DXFER_TO_DEV;
	return strcmp(word, "in") ? SG_DXFER_NONE : SG_DXFER_FROM_DEV;
}

static size_t unhex(const char *text, unsigned char *bytes, size_t room)
{
	size_t length = 0;

	while (length < room && sscanf(text + 2 * length, "%2hhx", &bytes[length]) == 1)
		length++;
	return length;
}

static void *buffer(size_t length)
{
	size_t page = sysconf(_SC_PAGESIZE);
	void *data = aligned_alloc(page, (length + page) / page * page);

	if (!data)
		die("memory");
	memset(data, 0, length);
	return data;
}

static struct sg_io_hdr prepare(char **words, unsigned char *cdb, unsigned int timeout)
{
	struct sg_io_hdr header = { .interface_id = 'S', .timeout = timeout };

	header.dxfer_direction = direction(words[0]);
	header.dxfer_len = atoi(words[1]);
	header.dxferp = buffer(header.dxfer_len);
	header.cmdp = cdb;
	header.cmd_len = unhex(words[2], cdb, 32);
	header.sbp = sense;
	header.mx_sb_len = sizeof(sense);
	return header;
}

static void io(int fd, char **words)
{
	unsigned char cdb[32];
	struct sg_io_hdr header = prepare(words + 1, cdb, atoi(words[0]));

	if (header.dxfer_direction == SG_DXFER_TO_DEV &&
	    fread(header.dxferp, 1, header.dxfer_len, stdin) != header.dxfer_len)
		die("data-out is short");
	if (ioctl(fd, SG_IO, &header) < 0)
		die("SG_IO");
	printf("%u %u %d %u\n", header.status, header.host_status, header.resid, header.sb_len_wr);
	fwrite(sense, 1, header.sb_len_wr, stdout);
	if (header.dxfer_direction == SG_DXFER_FROM_DEV)
		fwrite(header.dxferp, 1, header.dxfer_len, stdout);
}

static int compare(const void *a, const void *b)
{
	double difference = *(const double *)a - *(const double *)b;

	return (difference > 0) - (difference < 0);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static void measure(int fd, char **words)
{
	unsigned char cdb[32];
	int count = atoi(words[0]), pause = atoi(words[1]), i;
	struct sg_io_hdr header = prepare(words + 2, cdb, 20000);
	double *took = calloc(count, sizeof(*took)), sum = 0;

	for (i = 0; i < count; i++) {
		double start = now();

		if (ioctl(fd, SG_IO, &header) < 0 || header.status || header.host_status)
			die("the command failed");
		took[i] = now() - start;
		sum += took[i];
		if (pause)
			usleep(pause);
	}
	qsort(took, count, sizeof(*took), compare);
	printf("%.1f %.1f %.1f\n", took[count / 2], took[count * 99 / 100], sum / count);
}

int main(int argc, char **argv)
{
	int fd, scope = RESET_DEVICE | NO_ESCALATE;

	if (argc < 4)
		return fprintf(stderr, "usage: see the head of sgio.c\n"), 2;
	fd = open(argv[1], O_RDWR);
	if (fd < 0)
		die(argv[1]);
	if (!strcmp(argv[2], "reset")) {
		if (!strcmp(argv[3], "target"))
			scope = RESET_TARGET | NO_ESCALATE;
		if (ioctl(fd, SG_SCSI_RESET, &scope) < 0)
			die("SG_SCSI_RESET");
	} else if (!strcmp(argv[2], "time") && argc == 8) {
		measure(fd, argv + 3);
	} else if (!strcmp(argv[2], "io") && argc == 7) {
		io(fd, argv + 3);
	} else {
		return fprintf(stderr, "usage: see the head of sgio.c\n"), 2;
	}
	return 0;
}
