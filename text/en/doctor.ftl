# What `firmware-config doctor` finds on a machine. Under each sentence stands the command that mends it.

doctor-well = All is well: { $checks } checks.
doctor-found = { $count } to be mended, of { $checks } checks.
doctor-mend = Mended by: { $command }
doctor-no-machine = There is no configuration in /etc/seira, so this machine has no part to play. Copy the files of its folder.
doctor-not-encrypted = The disk with the data is not encrypted: whoever takes the disk reads everything. It takes a new installation with encryption.
doctor-clock = The clock has not been set by a time server.
doctor-disk-full = { $left } MiB are left on the disk with the data; { $wanted } MiB are needed at least.
doctor-port-missing = { $port } is missing ({ $what }). The cable is not in the socket that the sheet names, or the udev rules are missing.
doctor-rules-missing = The udev rules are missing (/etc/udev/rules.d/61-seira.rules), so that devices have no lasting names.
doctor-disturbs = The package { $package } is installed, and talks to the serial lines of printer and scanner.
doctor-versions = Seira's packages have different versions: { $versions }.
doctor-package-missing = The package { $package } is missing.
doctor-debian = This machine has { $system }; Debian 12 and 13 are tried.
doctor-not-enabled = The service { $unit } does not start with the machine.
doctor-no-graphical = The machine does not start into a graphical session, so that the window does not open.
doctor-watchdog = There is no /dev/watchdog: if the system hangs, it does not start itself again. Switch it on in the BIOS, or load the kernel's softdog module.
doctor-key-open = { $file } can be read by others: it is a secret key.
doctor-no-copy = There is no copy of the last two days in { $folder }.
doctor-no-drill = For a month nobody has tried that a copy can be restored. For encrypted copies add --identity-file.
doctor-no-packages-key = The key of the packages is missing, { $file }, so the machine does not update itself.
doctor-update-refused = Version { $version } of { $package } did not work here, and the machine went back to the one before.
doctor-config = { $file } cannot be read: { $why }

doctor-what-printer = printer
doctor-what-scanner = scanner
