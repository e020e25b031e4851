using Nvdimm.Extensions;

namespace Nvdimm.Cli.Help;

/// <summary>The exit statuses and examples of every command, for its help and its manual page.</summary>
internal static class CommandHelps
{
    private const string CannotRead = "A file cannot be read, or does not hold what the command needs.";
    private const string HostFailed = "ndctl failed, or a device or a record could not be read.";

    /// <summary>All exit statuses of the tool.</summary>
    public static ValueList<ExitMeaning> Tool { get; } =
    [
        new(ExitStatus.Good, "Good. There may be warnings."),
        new(ExitStatus.Advice, "No data is at risk, but something should be done (doctor)."),
        new(ExitStatus.Usage, "The command line is wrong."),
        new(ExitStatus.Refused, "Refused by a rule, by sizing, or because of the last use of a device; or an audit has findings."),
        new(ExitStatus.BadInput, CannotRead),
        new(ExitStatus.Failed, "The host or a program failed, or something could not be read or probed."),
        new(ExitStatus.Drift, "libvirt or QEMU differs from the prediction (verify)."),
        new(ExitStatus.NothingToRestore, "There is nothing to restore (repair --restore-labels)."),
        new(ExitStatus.Incomplete, "Some cases could not be probed; all others match the prediction (verify)."),
        new(ExitStatus.Interrupted, "Interrupted with Ctrl-C."),
        new(ExitStatus.Terminated, "Terminated by SIGTERM."),
    ];

    /// <summary>The help of each command that has an action.</summary>
    public static ValueList<CommandHelp> All { get; } =
    [
        .. Devices(), .. Layouts(), .. Repairs(), .. Engines(), .. Hosts(), .. Helps(),
    ];

    /// <summary>The help of a command; null for a command that only groups others.</summary>
    public static CommandHelp? Of(string path) => All.FirstOrDefault(help => help.Path == path);

    private static IEnumerable<CommandHelp> Devices() =>
    [
        new(
            "list",
            [
                new(ExitStatus.Good, "The devices were listed; there may be none."),
                new(ExitStatus.BadInput, "The file is not what ndctl prints."),
                new(ExitStatus.Failed, "ndctl failed, or could not list every namespace."),
            ],
            [
                new("nvdimm list", "the devices of this host"),
                new("nvdimm list --json", "the same for a program"),
                new("nvdimm list --ndctl list.json", "the devices of another host, from a file that 'ndctl list -N -v' wrote there"),
            ]),
        new(
            "show",
            [
                new(ExitStatus.Good, "The device was shown, even if no VM can have it."),
                new(ExitStatus.Usage, "No device has that name, or several have it."),
                new(ExitStatus.BadInput, "The file is not what ndctl prints."),
                new(ExitStatus.Failed, HostFailed),
            ],
            [
                new("nvdimm show namespace0.0", "whether a VM can have it, and if not, why; and the layout on the device"),
                new("nvdimm show namespace0.0 --ndctl list.json --json", "the same for a program, from a listing of another host"),
            ]),
        new(
            "size",
            [
                new(ExitStatus.Good, "A VM can have such a device."),
                new(ExitStatus.Refused, "No VM can have one. The reason is printed."),
            ],
            [
                new("nvdimm size --arch x86_64 --device-size 1GiB --align 2MiB", "what the guest sees of 1 GiB that oVirt attaches"),
                new("nvdimm size --arch ppc64le --device-size 4GiB --align 64KiB --strategy largest", "the largest size that works"),
            ]),
        new(
            "plan",
            [
                new(ExitStatus.Good, "The VM can have the devices and start."),
                new(ExitStatus.Refused, "The VM cannot have the devices, or cannot start. Each reason is printed."),
                new(ExitStatus.BadInput, CannotRead),
                new(ExitStatus.Failed, HostFailed),
            ],
            [
                new("nvdimm plan --device namespace0.0", "can any VM have this device?"),
                new("nvdimm plan --device namespace0.0 --vm vm.json", "can this VM have it?"),
                new("nvdimm plan --device namespace0.0 --domain-xml domain.xml", "print the domain with the device in it"),
            ]),
        new(
            "memdev",
            [
                new(ExitStatus.Good, "The devices were printed."),
                new(ExitStatus.Refused, "No VM can start with one of them. Each reason is printed."),
                new(ExitStatus.BadInput, CannotRead),
                new(ExitStatus.Failed, HostFailed),
            ],
            [
                new("nvdimm memdev namespace0.0", "the device in every form"),
                new("nvdimm memdev namespace0.0 --format xml", "the element for 'virsh edit'"),
                new("nvdimm memdev namespace0.0 --format virt-install", "the option for virt-install"),
            ]),
        new(
            "check",
            [
                new(ExitStatus.Good, "The operation is allowed."),
                new(ExitStatus.Refused, "The operation is refused. Each reason is printed."),
                new(ExitStatus.BadInput, CannotRead),
                new(ExitStatus.Failed, "ndctl could not list every namespace."),
            ],
            [
                new("nvdimm check snapshot-with-memory --vm vm.json", "can a snapshot of this VM include its memory?"),
                new("nvdimm check attach --vm vm.json --ndctl list.json --device namespace0.0", "can it have this device of its host?"),
            ]),
        new(
            "verify",
            [
                new(ExitStatus.Good, "libvirt and QEMU match the prediction in every case."),
                new(ExitStatus.Failed, "A program could not be run, a record could not be read, or the outcome could not be recorded."),
                new(
                    ExitStatus.Drift,
                    "They differ from the prediction, or a recorded device would start with another layout. "
                    + "Do not start VMs with NVDIMMs of the predicted sizes."),
                new(
                    ExitStatus.Incomplete,
                    "They match the prediction, but QEMU was too slow for some large devices of POWER guests. "
                    + "The recorded outcome does not cover these guests."),
            ],
            [
                new("nvdimm verify --connect qemu:///system --record", "check this host and record the outcome for the hooks"),
                new(
                    "nvdimm verify --root /srv/trixie",
                    "check the programs of a Debian 13 that debootstrap installed there, before an upgrade"),
                new("nvdimm verify --arch x86_64 --samples 0", "only QEMU, only x86 guests, only the fixed cases"),
            ]),
    ];

    private static IEnumerable<CommandHelp> Layouts() =>
    [
        new(
            "layout show",
            [
                new(ExitStatus.Good, "The records were printed."),
                new(ExitStatus.Refused, "There is no record of the named device."),
                new(ExitStatus.BadInput, "There is no state folder."),
                new(ExitStatus.Failed, "A record cannot be read; the others were printed."),
            ],
            [
                new("nvdimm layout show", "every record of this host"),
                new("nvdimm layout show namespace0.0", "one device"),
            ]),
        new(
            "layout check",
            [
                new(ExitStatus.Good, "A start with the planned layout is allowed."),
                new(ExitStatus.Refused, "The start is refused, or could not be checked."),
                new(ExitStatus.BadInput, CannotRead),
                new(ExitStatus.Failed, HostFailed),
            ],
            [
                new("nvdimm layout check --device namespace0.0", "does oVirt's layout match the labels and the record?"),
                new("nvdimm layout check --device namespace0.0 --domain-xml domain.xml", "does the layout that this domain asks for?"),
            ]),
        new(
            "layout record",
            [
                new(ExitStatus.Good, "The layout is recorded."),
                new(ExitStatus.Refused, "Nothing is recorded: the record or the labels on the device differ."),
                new(ExitStatus.BadInput, CannotRead),
                new(ExitStatus.Failed, "The record or the device could not be read, or the record could not be written."),
            ],
            [
                new("nvdimm layout record --device namespace0.0 --vm vm.json", "record that this VM uses the device with oVirt's layout"),
                new("nvdimm layout record --device namespace0.0 --keep-layout", "record the layout that its labels have"),
            ]),
        new(
            "layout accept",
            [
                new(ExitStatus.Good, "The findings are accepted."),
                new(ExitStatus.Refused, "Nothing is accepted: the check found something else, or the device is not on this machine."),
                new(ExitStatus.BadInput, CannotRead),
                new(ExitStatus.Failed, "The record or the device could not be read, or the record could not be written."),
            ],
            [
                new("nvdimm layout check --device namespace0.0", "first see what there is to accept"),
                new("nvdimm layout accept --device namespace0.0 --finding moved --note empty", "accept that its layout has moved"),
            ]),
        new(
            "layout give",
            [
                new(ExitStatus.Good, "The VM owns the device now."),
                new(ExitStatus.Refused, "Nothing was changed: --yes is missing, or the command was refused."),
                new(ExitStatus.BadInput, CannotRead),
                new(ExitStatus.Failed, HostFailed),
            ],
            [
                new("nvdimm layout give namespace0.0 --to database", "show what the device holds; change nothing"),
                new("nvdimm layout give namespace0.0 --to database --yes", "hand it over"),
                new("nvdimm layout give namespace0.0 --none --yes", "release it: the next VM that starts with it owns it"),
            ]),
        new(
            "layout share",
            [
                new(ExitStatus.Good, "The permission is recorded or withdrawn."),
                new(ExitStatus.Refused, "No device has that name, or several do."),
                new(ExitStatus.BadInput, CannotRead),
                new(ExitStatus.Failed, HostFailed),
            ],
            [
                new("nvdimm layout share namespace0.0 --vm reader1 reader2", "both may have the device at the same time"),
                new("nvdimm layout share namespace0.0 --none", "one VM at a time again"),
            ]),
        new(
            "layout forget",
            [
                new(ExitStatus.Good, "The record was put aside."),
                new(ExitStatus.Refused, "Nothing was changed: --yes is missing, or no single record has that name."),
                new(ExitStatus.Failed, "The record could not be moved."),
            ],
            [
                new("nvdimm layout forget namespace0.0", "show which file would be put aside"),
                new("nvdimm layout forget namespace0.0 --yes", "put it aside"),
            ]),
        new(
            "layout export",
            [
                new(ExitStatus.Good, "All records are in the file."),
                new(ExitStatus.BadInput, "The file cannot be written, or exists already."),
                new(ExitStatus.Failed, "A record could not be read and is missing from the file."),
            ],
            [new("nvdimm layout export records.json", "a backup of this host's records")]),
        new(
            "layout import",
            [
                new(ExitStatus.Good, "All records are in the state folder."),
                new(ExitStatus.Refused, "Nothing was imported: a record differs from the one in the state folder."),
                new(ExitStatus.BadInput, "Nothing was imported: the file is not an export."),
                new(ExitStatus.Failed, "A record in the state folder could not be read or written."),
            ],
            [
                new("nvdimm layout import records.json", "restore a backup of this host"),
                new("nvdimm layout import records.json --for-this-host", "the devices were moved here from another host"),
            ]),
        new(
            "layout adopt",
            [
                new(ExitStatus.Good, "The state folder belongs to this host."),
                new(ExitStatus.Failed, "The folder could not be created or written."),
            ],
            [new("nvdimm layout adopt", "create the state folder of a new host")]),
        new(
            "layout allow-restore",
            [
                new(ExitStatus.Good, "The next restore is permitted."),
                new(ExitStatus.Failed, "The permission could not be written."),
            ],
            [new("nvdimm layout allow-restore database", "before 'virsh restore', or 'virsh start' with a managed save")]),
    ];

    private static IEnumerable<CommandHelp> Repairs() =>
    [
        new(
            "repair",
            [
                new(
                    ExitStatus.Good,
                    "The labels were copied or taken back, or there is nothing to do. Without --apply: the command could do it."),
                new(ExitStatus.Refused, "The command was refused, and nothing was written."),
                new(ExitStatus.BadInput, CannotRead),
                new(ExitStatus.Failed, "The device or a record could not be read or written."),
                new(ExitStatus.NothingToRestore, "There is nothing to restore."),
            ],
            [
                new(
                    "nvdimm repair --relocate-labels namespace0.0 --strategy largest",
                    "show what would be written, and where; write nothing"),
                new("nvdimm repair --relocate-labels namespace0.0 --strategy largest --apply", "copy the labels, after making a backup"),
                new("nvdimm repair --restore-labels BACKUP --apply", "undo the copy, with a file of that backup"),
            ]),
    ];

    private static IEnumerable<CommandHelp> Engines()
    {
        const string engine = "--url https://engine.example.org/ovirt-engine --password-file password";
        ExitMeaning bad = new(ExitStatus.BadInput, "There is no password, the engine has no such host or VM, or a file cannot be read.");
        ExitMeaning failed = new(ExitStatus.Failed, "A request to the engine or to a host failed.");
        ExitMeaning refused = new(
            ExitStatus.Refused, "A rule of this tool or of the engine refuses the operation. Each reason is printed.");
        return
        [
            new(
                "engine hosts",
                [new(ExitStatus.Good, "The hosts were listed."), bad, failed],
                [new($"nvdimm engine hosts {engine}", "the hosts of the engine")]),
            new(
                "engine devices",
                [new(ExitStatus.Good, "The devices were listed."), bad, failed],
                [new($"nvdimm engine devices {engine} --host host1", "the NVDIMM devices of a host")]),
            new(
                "engine preview",
                [new(ExitStatus.Good, "The devices can be attached, and the VM can start."), refused, bad, failed],
                [new($"nvdimm engine preview {engine} --vm database --device pmem0", "what would attaching the device do?")]),
            new(
                "engine attach",
                [new(ExitStatus.Good, "The VM has the devices."), refused, bad, failed],
                [new($"nvdimm engine attach {engine} --vm database --device pmem0", "attach a device")]),
            new(
                "engine detach",
                [new(ExitStatus.Good, "The VM does not have the devices."), refused, bad, failed],
                [new($"nvdimm engine detach {engine} --vm database --device pmem0", "detach a device")]),
            new(
                "engine audit",
                [new(ExitStatus.Good, "There are no findings."), new(ExitStatus.Refused, "There are findings."), bad, failed],
                [
                    new($"nvdimm engine audit {engine} --record attachments.json", "what has vanished or changed?"),
                    new($"nvdimm engine audit {engine} --post", "also post each finding to the engine as an event, at most once a day"),
                ]),
            new(
                "engine serve",
                [
                    new(ExitStatus.Good, "The service was stopped."),
                    new(ExitStatus.BadInput, "The service's program is not installed, or a file or folder cannot be read."),
                    new(ExitStatus.Failed, "The service cannot listen: the port is taken, or the address is not one of this machine."),
                ],
                [
                    new(
                        "nvdimm engine serve --url https://engine.example.org/ovirt-engine --ca-file /etc/pki/ovirt-engine/ca.pem",
                        "serve the page behind the engine's Apache"),
                    new(
                        "nvdimm engine serve --url https://engine.example.org/ovirt-engine --listen 0.0.0.0:8701 "
                        + "--certificate host.pem --key host.key",
                        "serve the page with its own TLS"),
                ]),
        ];
    }

    private static IEnumerable<CommandHelp> Hosts()
    {
        ExitMeaning bad = new(ExitStatus.BadInput, "The root is not a folder, or the hooks' program cannot be read.");
        ExitMeaning failed = new(ExitStatus.Failed, "A file could not be read or written.");
        return
        [
            new(
                "host install",
                [
                    new(ExitStatus.Good, "Every part is installed."),
                    new(ExitStatus.Refused, "A foreign file is in the way, and nothing was changed; or VDSM cannot reach a part."),
                    bad,
                    failed,
                ],
                [
                    new("nvdimm host install", "install the hooks; a second run changes nothing"),
                    new("nvdimm host install --for libvirt", "install libvirt's hook, on a host with or without oVirt"),
                    new("nvdimm host install --hook ./nvdimm-hook", "with the hooks' program from another folder"),
                ]),
            new(
                "host status",
                [
                    new(ExitStatus.Good, "Every part is installed and intact, and the configuration is valid."),
                    new(
                        ExitStatus.Refused,
                        "A part is missing, changed or foreign, or VDSM cannot reach it; or the configuration is invalid."),
                    new(ExitStatus.BadInput, "The root is not a folder."),
                    new(ExitStatus.Failed, "A file could not be read."),
                ],
                [
                    new("nvdimm host status", "which parts are missing or changed?"),
                    new("nvdimm host status --all", "every part, also the intact ones"),
                ]),
            new(
                "host uninstall",
                [new(ExitStatus.Good, "The hooks are removed."), new(ExitStatus.BadInput, "The root is not a folder."), failed],
                [new("nvdimm host uninstall", "remove the hooks; keep the records and a changed configuration")]),
            new(
                "doctor",
                [
                    new(ExitStatus.Good, "The data is safe."),
                    new(ExitStatus.Advice, "No data is at risk, but something should be done."),
                    new(ExitStatus.Refused, "Data is at risk."),
                    new(ExitStatus.Failed, "ndctl or libvirt could not be asked: it is unknown whether the data is safe."),
                ],
                [
                    new("nvdimm doctor", "is the data on this host safe, and what has to be done?"),
                    new("nvdimm doctor --json", "the same for a program"),
                ]),
        ];
    }

    private static IEnumerable<CommandHelp> Helps() =>
    [
        new("help", [new(ExitStatus.Good, "The help was printed.")], [new("nvdimm help layout accept", "the help of one command")]),
        new(
            "completion",
            [new(ExitStatus.Good, "The script was printed.")],
            [
                new("nvdimm completion bash >~/.local/share/bash-completion/completions/nvdimm", "for bash, from the next shell on"),
                new("nvdimm completion zsh >~/.zfunc/_nvdimm", "for zsh, with ~/.zfunc in fpath before compinit"),
                new("nvdimm completion fish >~/.config/fish/completions/nvdimm.fish", "for fish"),
            ]),
    ];
}
