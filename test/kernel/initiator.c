// SPDX-License-Identifier: GPL-2.0-or-later
/* initiator.c - SCSI commands by SG_IO. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "initiator.h"

static void device_path(const struct mhvtl_attached *address, char *path, size_t size)
{
	snprintf(path, size, "/sys/class/scsi_device/%u:%u:%u:%u/device/scsi_generic",
		 address->host, address->channel, address->target, address->lun);
}

int sg_exists(const struct mhvtl_attached *address)
{
	char path[128];

	device_path(address, path, sizeof(path));
	return !access(path, F_OK);
}

/* Opens the node that the directory names; -1: there is none yet. */
static int open_in(const char *path)
{
	char node[300];
	struct dirent *entry;
	DIR *directory = opendir(path);
	int fd = -1;

	if (!directory)
		return -1;
	while ((entry = readdir(directory)))
		if (entry->d_name[0] == 's') {
			snprintf(node, sizeof(node), "/dev/%s", entry->d_name);
			fd = open(node, O_RDWR | O_CLOEXEC);
		}
	closedir(directory);
	return fd;
}

int sg_open(const struct unit *unit, unsigned int port)
{
	char path[128];
	int fd, tries = 100;

	device_path(&unit->seen->port[port], path, sizeof(path));
	/* First comes the directory, then what is in it, then the node. */
	while ((fd = open_in(path)) < 0 && tries--)
		usleep(10000);
	return fd;
}

struct command vendor(int fd, uint8_t op, int direction, void *data, uint32_t length)
{
	return (struct command){
		.fd = fd,
		.cdb = { op, 0, length >> 24, length >> 16, length >> 8, length },
		.cdb_length = 12,
		.direction = length ? direction : SG_DXFER_NONE,
		.data = data,
		.length = length,
		.timeout_ms = 20000,
	};
}

void command_run(struct command *command)
{
	struct sg_io_hdr *header = &command->end;

	*header = (struct sg_io_hdr){
		.interface_id = 'S',
		.dxfer_direction = command->direction,
		.cmd_len = command->cdb_length,
		.mx_sb_len = sizeof(command->sense),
		.dxfer_len = command->length,
		.dxferp = command->data,
		.cmdp = command->cdb,
		.sbp = command->sense,
		.timeout = command->timeout_ms,
		.flags = command->flags,
	};
	command->error = ioctl(command->fd, SG_IO, header) ? errno : 0;
}

static void *command_thread(void *argument)
{
	command_run(argument);
	return NULL;
}

void command_start(struct command *command)
{
	pthread_create(&command->thread, NULL, command_thread, command);
}

void command_join(struct command *command)
{
	pthread_join(command->thread, NULL);
}

long test_unit_ready(int fd)
{
	struct command command = {
		.fd = fd, .cdb_length = 6, .direction = SG_DXFER_NONE, .timeout_ms = 20000,
	};

	command_run(&command);
	return command.error ? -command.error :
		command.end.status | (long)command.end.host_status << 16;
}

long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000ll + now.tv_nsec / 1000000;
}
