# SPDX-License-Identifier: GPL-2.0-or-later
# Starting Debian's kernel under QEMU, on two emulated processors: kernel log on
# the serial line, the script's output and errors on virtio ports. The host's
# files come by 9p.

run_kernel() {
	local arguments index
	local script_port=virtserialport,nr=1 script_line=file,path=/dev/fd/5 script_device=
	if [ "$OPT_INTERACTIVE" = yes ]; then
		SAVED_TERMINAL=$(stty -g)
		script_port=virtconsole script_line=serial,path=$(tty) script_device=/dev/hvc0
	fi
	arguments=(
		-nodefaults -no-user-config -display none -no-reboot
		-M q35,sata=off,smbus=off,i8042=off,usb=off -accel tcg,thread=multi -smp 2 -cpu max -m "$OPT_MEMORY"
		-kernel "$KERNEL_IMAGE/vmlinuz" -initrd "$KERNEL_IMAGE/initramfs"
		-append "console=ttyS0 ignore_loglevel panic=-1 mitigations=off module_blacklist=kvm,kvm_amd,kvm_intel,lpc_ich,iTCO_wdt lab_job=$JOB lab_image=$KERNEL_IMAGE lab_out=$script_device"
		-serial file:/dev/fd/4 -device virtio-rng-pci
		-virtfs local,path=/,mount_tag=host,security_model=none,multidevs=remap,readonly=on
		-virtfs "local,path=$JOB/results,mount_tag=results,security_model=none"
	)
	for index in "${!OPT_SHARES[@]}"; do
		arguments+=(-virtfs "local,path=${OPT_SHARES[index]},mount_tag=share$index,security_model=none,multidevs=remap")
	done
	arguments+=(
		-device virtio-serial-pci
		-chardev "$script_line,id=out" -device "$script_port,chardev=out"
		-chardev file,path=/dev/fd/6,id=err -device virtserialport,nr=2,chardev=err
	)
	run_bounded qemu-system-x86_64 "${arguments[@]}"
}
