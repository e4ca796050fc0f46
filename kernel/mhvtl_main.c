// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mhvtl_main.c - loading and unloading, and the pseudo HBAs.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/device.h>
#include <linux/module.h>

#include "mhvtl_priv.h"

unsigned int mhvtl_ports = 1;
module_param_named(hosts, mhvtl_ports, uint, 0444);
MODULE_PARM_DESC(hosts, "number of pseudo HBAs, 1 to 16 (default 1)");

struct Scsi_Host *mhvtl_hosts[MHVTL_MAX_PORTS];
static struct device *mhvtl_root;

/* Takes the SCSI devices away; the hosts stay valid for mhvtl_units_exit(). */
static void mhvtl_hosts_remove(unsigned int count)
{
	while (count--)
		scsi_remove_host(mhvtl_hosts[count]);
}

static void mhvtl_hosts_put(unsigned int count)
{
	while (count--)
		scsi_host_put(mhvtl_hosts[count]);
}

static int __init mhvtl_hosts_create(void)
{
	unsigned int port;

	for (port = 0; port < mhvtl_ports; port++) {
		mhvtl_hosts[port] = mhvtl_host_create(mhvtl_root, port);
		if (IS_ERR(mhvtl_hosts[port])) {
			mhvtl_hosts_remove(port);
			mhvtl_hosts_put(port);
			return PTR_ERR(mhvtl_hosts[port]);
		}
	}
	return 0;
}

static int __init mhvtl_init(void)
{
	int err;

	if (mhvtl_ports < 1 || mhvtl_ports > MHVTL_MAX_PORTS) {
		pr_err("hosts=%u: must be 1 to %u\n", mhvtl_ports,
		       MHVTL_MAX_PORTS);
		return -EINVAL;
	}
	err = mhvtl_units_init();
	if (err)
		return err;
	mhvtl_root = root_device_register("mhvtl");
	if (IS_ERR(mhvtl_root)) {
		err = PTR_ERR(mhvtl_root);
		goto out_units;
	}
	err = mhvtl_hosts_create();
	if (err)
		goto out_root;
	err = mhvtl_dev_register();
	if (err)
		goto out_hosts;
	return 0;

out_hosts:
	mhvtl_hosts_remove(mhvtl_ports);
	mhvtl_hosts_put(mhvtl_ports);
out_root:
	root_device_unregister(mhvtl_root);
out_units:
	mhvtl_units_exit();
	return err;
}

static void __exit mhvtl_exit(void)
{
	mhvtl_dev_deregister();
	/* In this order: scsi_device_lookup() finds nothing in a module on its
	 * way out, so the hosts must take the orphans' devices with them.
	 */
	mhvtl_hosts_remove(mhvtl_ports);
	mhvtl_units_exit();
	mhvtl_hosts_put(mhvtl_ports);
	root_device_unregister(mhvtl_root);
}

module_init(mhvtl_init);
module_exit(mhvtl_exit);

MODULE_DESCRIPTION("Virtual tape library: pseudo HBA with units in user space");
MODULE_AUTHOR("The mhvtl authors");
MODULE_LICENSE("GPL");
MODULE_VERSION(MHVTL_VERSION);
