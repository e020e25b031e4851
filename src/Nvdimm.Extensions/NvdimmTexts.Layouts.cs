namespace Nvdimm.Extensions;

/// <summary>The texts about layouts, claims, repairs, the engine, starts and the hooks.</summary>
internal static partial class NvdimmTexts
{
    private static Dictionary<string, string> OfLayouts() => new(StringComparer.Ordinal)
    {
        [NvdimmCodes.LayoutMoved] =
            "${device} has labels at offset ${offset}, put there by ${by}. With the planned layout, the guest would look for them at "
            + "${planned} and find a blank device. Keep the layout of the labels; if the layout grows, 'nvdimm repair --relocate-labels' "
            + "can move them.",
        [NvdimmCodes.LayoutChanged] =
            "${device} was used with another layout: ${what}. Keep the recorded layout, or accept this finding if nothing on the device "
            + "is needed.",
        [NvdimmCodes.LayoutForeign] =
            "${device} has labels with the cookie ${cookie}, but the planned uuid ${uuid} gives ${expected}: the guest would not see "
            + "its namespaces. Start with the uuid under which the labels were written, and never run 'ndctl init-labels' in the guest.",
        [NvdimmCodes.LayoutUuidChanged] =
            "${device} was used with the guest uuid ${recorded}, and the plan has ${planned}: a POWER guest would not see its "
            + "namespaces. Plan with the recorded uuid.",
        [NvdimmCodes.LayoutAmbiguous] =
            "${device} has labels at ${offsets}, and the planned offset is ${planned}. The device does not show which labels are "
            + "current. If those at the planned offset are, accept this finding; otherwise keep the layout of the others.",
        [NvdimmCodes.LayoutStaleLabels] =
            "The labels of ${device} at the planned offset ${offset} (${labels}) are not the last recorded ones (${recorded}, at "
            + "${home}): they are older, or a copy of older ones, and lack what the guest has made since. 'nvdimm layout check' names a "
            + "backup that has the recorded ones. Accept this finding only to start without what they had.",
        [NvdimmCodes.LayoutResized] =
            "${device} has ${actual} bytes, and had ${recorded} when it was recorded. Find out why. If the change was intended, keep "
            + "the old layout or accept this finding.",
        [NvdimmCodes.LayoutUnreadable] =
            "The content of ${device} could not be read from ${path}: ${reason}. Run as root on the host that has the device.",
        [NvdimmCodes.LayoutLabelsMissing] =
            "${device} had labels at offset ${offset} (${labels}) when it was last recorded, and has none there now: they were erased, "
            + "or it is another device. 'nvdimm layout check' names a backup that has them. Accept this finding only to start without "
            + "them.",
        [NvdimmCodes.LayoutLabelsDamaged] =
            "${device} has the signature of labels at offset ${offset}, but no valid index of them (${labels}): the labels are damaged, "
            + "or other data looks like labels. A guest would find a blank device. Restore the labels, or accept this finding if nothing "
            + "on the device is needed.",
        [NvdimmCodes.LayoutCutsNamespaces] =
            "The labels of ${device} at offset ${offset} describe namespaces up to ${end}, but with the planned layout the guest gets "
            + "${guest} bytes: the rest would be cut off. Plan with the alignment that the device was used with.",
        [NvdimmCodes.LayoutWeakIdentity] =
            "${device} has no uuid: the ledger identifies it by its kernel name, which can stand for another device after a reboot.",
        [NvdimmCodes.LayoutNotRecorded] =
            "${device} is not in the ledger; its labels are at the planned offset ${offset}. Record it with 'nvdimm layout record'.",
        [NvdimmCodes.LayoutLabelsChanged] =
            "The labels of ${device} have changed since they were recorded, as they do when a guest creates a namespace: ${recorded} "
            + "became ${labels}.",
        [NvdimmCodes.LayoutCannotBeKept] = "The layout with labels at offset ${offset} cannot be kept: ${reason}.",
        [NvdimmCodes.ContentCut] =
            "${device} holds ${type} (label ${label}, uuid ${uuid}) up to ${end}, but with the planned layout the guest gets ${guest} "
            + "bytes: the rest would be cut off or overwritten by the guest's labels. Plan a layout that gives the guest at least ${end} "
            + "bytes, or accept this finding if nothing on the device is needed.",
        [NvdimmCodes.ContentFound] =
            "${device} holds ${type} (label ${label}, uuid ${uuid}) up to ${end}, and the guest gets all of it. Accept this finding if "
            + "the VM may have it.",
        [NvdimmCodes.ContentDamaged] =
            "${device} has the signature of ${type}, but its superblock is damaged (${damage}): it is unknown whether all of it fits "
            + "into the guest's ${guest} bytes. Repair it on the host, or accept this finding if nothing on the device is needed.",
        [NvdimmCodes.ContentSizeUnknown] =
            "${device} holds ${type} (label ${label}, uuid ${uuid}), which does not record its size: it is unknown whether all of it "
            + "fits into the guest's ${guest} bytes. Accept this finding if the guest has had that many bytes before, or if nothing on "
            + "the device is needed.",
        [NvdimmCodes.ContentNotAtEnd] =
            "${device} holds ${type} (label ${label}, uuid ${uuid}), which is found only on a device of ${end} to ${largest} bytes, but "
            + "the guest gets ${guest}. Plan a layout that gives the guest such a size, or accept this finding if nothing on the device "
            + "is needed.",
        [NvdimmCodes.ContentUnknown] =
            "${device} is not blank, and its content has no known format: it is unknown whether all of it fits into the guest's "
            + "${guest} bytes. Accept this finding if the VM may have it.",
        [NvdimmCodes.DirtyShutdown] =
            "Since a VM last used ${device}, its DIMMs lost power before everything that was written had been saved (dirty shutdowns: "
            + "${recorded} then, ${now} now). What the guest wrote last may be missing or torn. Check the guest's file systems.",
        [NvdimmCodes.LedgerDamaged] =
            "${file} is damaged: ${detail}. Restore it from a backup or an export. If there is none, put it aside with 'nvdimm layout "
            + "forget' and record the layout again, with --domain-xml for the VM that owns the device.",
        [NvdimmCodes.LedgerNewer] =
            "${file} was written by a newer version (schema ${version}; this version knows ${known}). Use that version, or a newer one.",
        [NvdimmCodes.ExpectedNvdimmsUnknown] = "The VM starts without NVDIMMs, and it is unknown whether it should have some: ${reason}.",
        [NvdimmCodes.LedgerUnreadable] =
            "The ledger cannot be read: ${reason}. Run as root. If that does not help, look at what is at that path: it must be a file "
            + "of the ledger.",
        [NvdimmCodes.LedgerConflict] =
            "The ledger's record for ${identity} differs from the imported one. If the imported one is right, first put the ledger's "
            + "aside with 'nvdimm layout forget'.",

        [NvdimmCodes.ClaimHeld] = "${device} is claimed by ${vm} (process ${pid}). Stop that VM first.",
        [NvdimmCodes.ClaimNotReleased] = "The claim on ${device} could not be released: ${reason}. It ends with the process that holds it.",
        [NvdimmCodes.ClaimDamaged] = "${file} is damaged: ${detail}. Make sure that no VM uses the device, then remove the file.",

        [NvdimmCodes.RelocationNoLabels] =
            "${device} has no labels at offset ${offset}, or others than when the plan was made. Plan again.",
        [NvdimmCodes.RelocationShrinks] =
            "The labels of ${device} are at offset ${offset} and would go to ${planned}: labels can move only to a larger layout. Keep "
            + "the layout of the labels.",
        [NvdimmCodes.RelocationOutsideDevice] =
            "The label area of ${labelSize} bytes at offset ${planned} does not lie within ${device}, which has ${deviceSize} bytes.",
        [NvdimmCodes.RelocationTargetLabelled] = "${device} already has labels at the planned offset ${planned}; they are not overwritten.",
        [NvdimmCodes.RelocationTargetNotEmpty] = "${device} has data at the planned offset ${planned}; the backup keeps it.",
        [NvdimmCodes.RelocationIntoNamespaces] =
            "The labels of ${device} at offset ${offset} would go to ${planned}, but describe namespaces up to ${end}: the copy would "
            + "overwrite the guest's data. Keep the layout of the labels.",
        [NvdimmCodes.RelocationNotRecorded] =
            "The labels of ${device} at offset ${offset} (${labels}) are not the last recorded ones (${recorded}, at ${home}): they may "
            + "lack what the guest has made since. Copy them only if there are no newer ones: '--labels ${labels}'.",
        [NvdimmCodes.RelocationArchitecture] =
            "${device} belongs to a guest of ${known} according to ${source}, and the command asks for ${asked}: the labels would go to "
            + "a place where the guest does not look. Leave out --arch, or record the layout first: 'nvdimm layout record --device "
            + "${device} --keep-layout --arch ${asked}'.",
        [NvdimmCodes.RelocationNotClaimed] = "Nothing was written to ${device}: the caller does not hold the claim on it.",

        [NvdimmCodes.InventoryUnavailable] =
            "The NVDIMM devices of ${host} could not be read: ${reason}. Without them, nothing is attached or started.",
        [NvdimmCodes.NotOnHost] =
            "The engine reports ${device} on ${host}, but the host does not list it: the device vanished or was renamed.",
        [NvdimmCodes.NotReportedByEngine] =
            "${host} has ${device}, but the engine does not report it. Refresh the capabilities of the host.",
        [NvdimmCodes.RunningWithoutDevice] =
            "${vm} runs without ${device}, which is configured for it: the engine started the VM without it. The guest now writes "
            + "elsewhere. Stop the VM.",
        [NvdimmCodes.ConfiguredDeviceMissing] =
            "${vm} has ${device} configured, but ${host} does not have the device: the engine will drop the attachment at the host's "
            + "next report.",
        [NvdimmCodes.ConfiguredWithoutHost] =
            "${vm} has ${device} configured, but is pinned to ${count} hosts: it is unknown which host's device is meant.",
        [NvdimmCodes.RecordWithoutVm] =
            "The record has ${device} for the VM ${vm}, which the engine does not have: the VM was deleted, or the record belongs to "
            + "another engine. If the VM is gone, remove the entry: 'nvdimm engine detach --vm ${vm} --device ${device}'.",

        [NvdimmCodes.RestoreBadBackup] = "${file} is not a backup that a relocation of labels made of ${device}: ${detail}.",
        [NvdimmCodes.RestoreChanged] =
            "${device} has neither the backed-up content nor the copied labels at offset ${offset}: something has written there since, "
            + "and restoring would lose it.",
        [NvdimmCodes.RestoreLastLabels] =
            "The backup is not written back to offset ${offset} of ${device}: the guest looks for its labels at ${home}, and those at "
            + "${offset} (${labels}) are the only ones known to be the last.",
        [NvdimmCodes.RestoreGuestData] =
            "The backup is not written back to offset ${offset} of ${device}: the guest was started with a layout in which that offset "
            + "is within its data, and its labels are at ${home}.",

        [NvdimmCodes.AccessPrivate] =
            "${device} has private access in the domain: the guest's writes are lost when the VM ends. Write access='shared' on the "
            + "<memory> element to keep them.",
        [NvdimmCodes.AccessReadOnly] =
            "${device} is read-only in the domain: the guest's writes are refused. Remove <readonly/> to allow them.",
        [NvdimmCodes.DevdaxNotShared] =
            "${device} is a dax device, and the domain does not share it. The kernel maps a dax device only shared, so QEMU does not "
            + "start. Write access='shared' on the <memory> element.",
        [NvdimmCodes.LayoutToWrite] =
            "To start ${device} with the layout that it has, its <memory> element needs: ${elements}. <alignsize> goes into <source>; "
            + "<size> and <label> go into <target>.",
        [NvdimmCodes.LayoutOfLabels] =
            "To start ${device} with the layout of the labels at ${offset} (${labels}), its <memory> element needs: ${elements}. "
            + "<alignsize> goes into <source>; <size> and <label> go into <target>. Then accept that there are several sets.",
        [NvdimmCodes.IdentityUncertain] =
            "${device} may be the device of the record ${recorded}, which ${owner} owns: ${agrees} agree, ${differs} differ. ${resolve}",
        [NvdimmCodes.DeviceRenamed] =
            "${vm} used ${identity} under the name ${was}, and this host now shows it as ${device}. In the engine, detach ${was} from "
            + "${vm} and attach ${device} to it. If the hook withholds ${device} from the report, its message says how to accept the name.",
        [NvdimmCodes.IdentityTwice] =
            "${device} and ${other} of this host have the same identity, ${identity}: one of them is a copy, and it is unknown which "
            + "one the VM has used. Disable the copy ('ndctl disable-namespace'), or give it a uuid of its own.",
        [NvdimmCodes.RecordOfOtherHost] =
            "The record ${identity} belongs to the host ${host}, where ${vm} owns the device. It has no effect on this host; 'nvdimm "
            + "layout import --for-this-host' takes records over.",
        [NvdimmCodes.StateFolderForeign] =
            "${folder} is marked for ${others}, and not for this host (${host}): its records were lost, or it belongs to another host. "
            + "Every device would look new. Restore the folder from a backup, or import an export of its records. If this host is to use "
            + "it from now on, run '${adopt}'.",
        [NvdimmCodes.ReplacementToDecide] = "${vm} has used ${recorded} as ${device}. ${resolve}.",
        [NvdimmCodes.NamesToAccept] =
            "To use ${names} under their present names, write this line into hook.conf, in place of its accept-names line: '${line}'.",
        [NvdimmCodes.StateFolderMissing] =
            "There is no state folder ${folder}: it was never made, is not mounted, or was lost. Every device would look new. If it had "
            + "records, restore it from a backup, or import an export of them. If it never had any, run '${adopt}'.",
        [NvdimmCodes.FellBackToRaw] =
            "${device} may be the raw area of the namespace ${recorded}, which ${vm} used at ${path}: its superblock was not read, or "
            + "its driver is not bound. In the raw area the data is at other offsets, and writing destroys it. Do not start a VM with it, "
            + "and do not create the namespace again. Bring the namespace back with 'ndctl disable-namespace ${device}' and then 'ndctl "
            + "enable-namespace ${device}', or reboot. If this is another device, put the old record aside: 'nvdimm layout forget "
            + "${recorded}'.",
        [NvdimmCodes.HypervisorDrift] =
            "The installed libvirt or QEMU does not do what is predicted (${mismatches} of ${cases} cases of 'nvdimm verify'): the "
            + "offset of the labels of ${device} cannot be known before the start.",
        [NvdimmCodes.HypervisorKnown] =
            "The installed libvirt and QEMU were not verified on this host: ${reason}. Versions around theirs were verified elsewhere "
            + "and do what is predicted: ${rows}. To verify these, run 'nvdimm verify --connect qemu:///system --record'.",
        [NvdimmCodes.HypervisorNotVerified] =
            "It is unknown whether the installed libvirt and QEMU do what is predicted: ${reason}. Run 'nvdimm verify --connect "
            + "qemu:///system --record'.",

        [NvdimmCodes.HookConfiguration] = "${file}, line ${line}: ${detail}.",
        [NvdimmCodes.HookPayload] = "${what}: ${reason}.",
        [NvdimmCodes.HookFailed] = "${what} failed: ${reason}.",
        [NvdimmCodes.HookLayoutKept] =
            "${device} keeps its layout: a size of ${kept} bytes with alignment ${keptAlign} and a label of ${keptLabel}. The domain "
            + "asked for ${asked} with ${askedAlign} and ${askedLabel}.",
        [NvdimmCodes.HookDomainCorrected] = "The hook changes the domain before the start: ${changes}.",
        [NvdimmCodes.HookReportRestored] =
            "${device} was missing from the host's report, but the kernel has it. The hook reports it: the engine would otherwise "
            + "detach it from its VM.",
        [NvdimmCodes.HookReportWithheld] = "The hook does not report ${device}: ${reason}.",
        [NvdimmCodes.HookReportSized] =
            "The hook reports ${device} with ${size} bytes and alignment ${align} in place of ${realSize} and ${realAlign}. The engine "
            + "then asks for ${target} bytes, which works.",
        [NvdimmCodes.HookMemoryPlaced] =
            "The hook plugs memory for ${vm} at ${address}: the guest could not bring it online at ${chosen}, where QEMU would put it.",
        [NvdimmCodes.HookMemoryMisplaced] =
            "Memory plugged into ${vm} would be at ${address}, which is not a multiple of ${block}: the guest could not bring it "
            + "online, and the host would not notice.",
        [NvdimmCodes.HookQemuWarned] = "QEMU says of ${vm}: ${text}",
        [NvdimmCodes.DomainToEdit] =
            "${vm} asks for another layout than its device has, and a hook cannot change libvirt's domain. Run 'virsh edit', and "
            + "replace the element with the same path (or <maxMemory>) by: ${elements}.",
        [NvdimmCodes.RestoreOverwrites] =
            "Restoring ${vm} overwrites ${devices} with the content at the time of the save. Everything written since is lost. To "
            + "restore anyway, run '${command}' and restore again. To boot without the save, run 'virsh start --force-boot': it discards "
            + "a managed save, and the guest boots as after a power failure.",
        [NvdimmCodes.RevertOverwrites] =
            "${vm} starts from a save or a snapshot with memory, which overwrites ${devices} with older content. Everything written "
            + "since is lost. To do so anyway, run '${command}' and start again. If you meant a fresh start, remove base='…' from the "
            + "NVDIMM's <address> with 'virsh edit', or delete the snapshots with memory.",
        [NvdimmCodes.DomainMovesLayout] =
            "${vm} asks for ${asked} bytes of ${device}, which was used with ${kept}: a start would hide the guest's data. Run 'virsh "
            + "edit', and replace the element by the printed one.",
        [NvdimmCodes.PluggedIn] =
            "${device} was plugged into ${vm} while it ran: libvirt calls no hook for that, so no layout was checked or recorded. The next "
            + "start of ${vm} lacks the device. To keep it, write it into the domain with 'virsh edit'.",
        [NvdimmCodes.SaveOverwrites] =
            "${vm} has a managed save: its next start overwrites ${devices} with the content at the time of the save. Removing the save "
            + "discards the guest's RAM: it boots as after a power failure.",
        [NvdimmCodes.SnapshotOverwrites] =
            "Snapshot ${snapshot} of ${vm} includes memory: reverting to it overwrites ${devices} with the content at the time of the "
            + "snapshot.",
        [NvdimmCodes.HookNotInstalled] =
            "No hook checks how VMs start on this host: a start with another layout can hide or destroy data unnoticed.",
        [NvdimmCodes.ClaimMissing] = "The claim of ${vm} on ${device} is gone. Start ${vm} again.",
    };
}
