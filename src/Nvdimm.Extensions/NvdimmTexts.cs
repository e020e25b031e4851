namespace Nvdimm.Extensions;

/// <summary>The texts of our own codes.</summary>
internal static partial class NvdimmTexts
{
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>([.. OfDevices(), .. OfLayouts()], StringComparer.Ordinal);

    private static Dictionary<string, string> OfDevices() => new(StringComparer.Ordinal)
    {
        [NvdimmCodes.NamespaceDisabled] =
            "${device} is disabled: no driver is bound to it, and ndctl may list the raw area under an fsdax or devdax namespace. "
            + "Enable it with 'ndctl enable-namespace ${device}'.",
        [NvdimmCodes.DriverNotBound] =
            "${device} has no device file on the host: the kernel driver for its mode is not bound or not loaded.",
        [NvdimmCodes.DaxSystemRam] = "The host uses ${device} as system RAM through ${chardev}: its content is the host's memory.",
        [NvdimmCodes.DaxDisabled] = "${device}: the dax device ${chardev} is disabled. Enable it with 'daxctl enable-device ${chardev}'.",
        [NvdimmCodes.DaxSizeMismatch] =
            "${device} has ${size} bytes, but its dax devices have ${daxSizes}. A guest needs one dax device that covers the whole "
            + "namespace.",
        [NvdimmCodes.DaxAlignMismatch] =
            "${device} reports an alignment of ${align} bytes, but its dax device ${chardev} has ${daxAlign}: QEMU cannot map it.",
        [NvdimmCodes.SeedNamespace] = "${device} is an empty seed namespace: the kernel keeps it for the next namespace that is created.",
        [NvdimmCodes.NoDevicePath] = "${device} has neither a block device nor a dax device.",
        [NvdimmCodes.NoLabels] =
            "${device} is raw and has no uuid. Either its DIMM has no label area or a blank one, or the kernel did not read the labels "
            + "of a namespace and offers its raw area. Before you create a namespace or write there, find out which, and make sure that "
            + "the area is empty.",
        [NvdimmCodes.NoNumaNode] = "${device} has no NUMA node in the listing. VDSM fails on the whole listing.",
        [NvdimmCodes.ReadOnly] = "${device} is read-only (${reason}): the guest's writes would be lost or fail.",
        [NvdimmCodes.InUseByHost] = "${device} is in use by the host: ${use}.",
        [NvdimmCodes.HostUseUnknown] = "The host's own use of ${device} could not be read: ${reason}.",
        [NvdimmCodes.BadBlocks] = "${device} has ${count} bad blocks of 512 bytes. Reading them fails in the guest.",
        [NvdimmCodes.FileSparse] =
            "The file system has allocated ${allocated} of the ${size} bytes of ${device}. If the file system is full when the guest "
            + "writes to the rest, SIGBUS ends QEMU. Allocate the file before the VM starts: 'fallocate -l ${size} FILE' keeps its "
            + "content.",
        [NvdimmCodes.DuplicateUuid] = "${device} has the same uuid ${uuid} as others of this listing: ${others}.",
        [NvdimmCodes.DuplicatePath] = "${device} has the same path ${path} as others of this listing: ${others}.",
        [NvdimmCodes.ZeroSize] =
            "${device} has a uuid or a device file, but 0 bytes: the kernel could not map what its superblock describes. Do not create "
            + "the namespace again. Read the kernel's log, and boot the kernel under which the namespace was created.",
        [NvdimmCodes.RawAreaOffered] =
            "${device} is listed as fsdax without the alignment and the raw uuid that a superblock gives: the kernel did not read the "
            + "superblock and offers the raw area, whose uuid is ${uuid}. The namespace's data begins at another offset of that area, and "
            + "is intact as long as nothing writes to it. Boot the kernel, with the page size, under which the namespace was created. If "
            + "an ndctl before 64 made this listing, or it was made without -v, list again with a newer ndctl and -v.",
        [NvdimmCodes.DaxModeNotListed] =
            "${device} is listed without its dax region, so the listing does not show whether the host uses its dax device as system "
            + "RAM. List with 'ndctl list -N -v'.",
        [NvdimmCodes.DaxNotDevdax] =
            "${device}: the dax device ${chardev} has ${use}, and QEMU cannot map it. If nothing uses it that way, make it a devdax "
            + "device again with 'daxctl reconfigure-device -m devdax ${chardev}'.",
        [NvdimmCodes.DimmFailed] =
            "The DIMM ${dimm} reports a failure: ${what}. Before a VM uses its namespaces, check the DIMM with its vendor's tool, and "
            + "check their content.",
        [NvdimmCodes.DimmHealth] =
            "The health of the DIMM ${dimm} is '${health}'. Back up the content of its namespaces and check the DIMM with its vendor's "
            + "tool.",
        [NvdimmCodes.DimmAlarm] = "The DIMM ${dimm} raises an alarm: ${what}. Check it with its vendor's tool.",
        [NvdimmCodes.DimmSecurity] = "The security state of the DIMM ${dimm} is '${security}': ${what}.",
        [NvdimmCodes.PersistenceUnknown] =
            "The kernel does not report that ${region} keeps its content when power fails: its persistence domain is '${domain}'.",

        [NvdimmCodes.NdctlNoNamespaces] = "The input lists ${what}, but no namespaces. List the namespaces with 'ndctl list -N -v'.",
        [NvdimmCodes.CxlWithoutNamespaces] =
            "The CXL bus ${bus} has no namespace in this listing. After a restart, the kernel does not create regions of persistent CXL "
            + "memory again. If 'cxl list -R' lists no region, create it from the same memory devices with 'cxl create-region -t pmem': "
            + "its namespaces come back with their content.",
        [NvdimmCodes.DaxWithoutNamespace] =
            "The host has DAX devices that are in no NVDIMM namespace: ${devices}. They are other memory, such as CXL or high-bandwidth "
            + "memory, and do not keep their content. No VM can have them as an NVDIMM.",
        [NvdimmCodes.NdctlOtherProgram] = "The input is the output of '${program}', which lists no namespaces. Use 'ndctl list -N -v'.",
        [NvdimmCodes.NdctlMalformed] = "The input is not what ndctl prints: ${detail} (line ${line}, position ${position}).",
        [NvdimmCodes.NdctlTooLarge] = "The input is too large: ${detail} (line ${line}, position ${position}).",
        [NvdimmCodes.NdctlUnknownKey] =
            "No known version of ndctl prints the key '${key}' in a ${place} (line ${line}, position ${position}). It may change the "
            + "meaning of the listing.",
        [NvdimmCodes.NdctlUnknownMode] = "No known version of ndctl prints the mode '${mode}'; ${device} is not used.",
        [NvdimmCodes.NdctlUnknownValue] = "No known version of ndctl prints '${value}' as the ${key} of ${device}.",
        [NvdimmCodes.NdctlMissingKey] = "The listing has no '${key}' for ${device}, which ndctl prints for every such namespace.",
        [NvdimmCodes.NdctlBadValue] = "The ${key} of ${device} is ${value}, not ${expected} (line ${line}, position ${position}).",
        [NvdimmCodes.NdctlHumanSize] =
            "The ${key} of ${device} is the rounded text '${value}' of 'ndctl list -u', which has no exact size (line ${line}, position "
            + "${position}). List without -u.",
        [NvdimmCodes.NdctlDuplicateKey] =
            "The key '${key}' occurs twice in ${device} (line ${line}, position ${position}), so its value is ambiguous.",
        [NvdimmCodes.NdctlDuplicateDevice] = "${device} occurs more than once in the listing, so its description is ambiguous.",
        [NvdimmCodes.NdctlInvalidText] = "The ${key} of ${device} is not valid UTF-8. VDSM fails on the whole listing.",
        [NvdimmCodes.NdctlPartial] = "ndctl could not list every namespace (exit status ${status}): ${stderr}",
        [NvdimmCodes.NdctlNotRoot] = "ndctl did not run as root: the attributes that only root can read are missing.",

        [NvdimmCodes.ArchitectureUnsupported] = "NVDIMM sizes are known for x86_64, ppc64, ppc64le and aarch64, not for ${architecture}.",
        [NvdimmCodes.SizeOutOfRange] = "The ${what} of ${size} bytes is above the limit of ${limit}.",
        [NvdimmCodes.DeviceTooSmall] =
            "A device of ${deviceSize} bytes is too small: with alignment ${align}, nothing is left for the guest beside the label.",
        [NvdimmCodes.LargerThanDevice] =
            "libvirt would ask QEMU for ${backendSize} bytes, but the device has ${deviceSize}; QEMU refuses that.",
        [NvdimmCodes.BelowLibvirtMinimum] =
            "libvirt refuses a target size of ${targetSize} bytes with a label of ${labelSize}: at least ${minimum} must remain beside "
            + "the label.",
        [NvdimmCodes.LabelTooSmall] = "A label area of ${labelSize} bytes is smaller than the minimum of 131072.",
        [NvdimmCodes.LabelNotKiB] = "A label area of ${labelSize} bytes is not a whole number of KiB.",
        [NvdimmCodes.TargetSizeNotKiB] = "The target size of ${targetSize} bytes is not a whole number of KiB, the unit of libvirt's XML.",
        [NvdimmCodes.AlignNotPowerOfTwo] = "The alignment of ${align} bytes is not a power of two; QEMU refuses it.",
        [NvdimmCodes.AlignIncompatible] =
            "The alignment of ${align} bytes neither divides the hot-plug block of ${hotPlugBlock} bytes nor is a multiple of it. The "
            + "engine would attach the device, but could not start the VM.",
        [NvdimmCodes.AlignBelowPage] =
            "The alignment of ${align} bytes is not a multiple of the host's page size of ${pageSize}; QEMU refuses it.",
        [NvdimmCodes.DevdaxNotMultiple] =
            "QEMU cannot map ${backendSize} bytes of a dax device with alignment ${align}: the size is not a multiple of the alignment.",
        [NvdimmCodes.DevdaxAlignUnknown] = "The alignment of the dax device is unknown: QEMU may be unable to map it.",
        [NvdimmCodes.BackendNotPages] =
            "libvirt would ask QEMU for ${backendSize} bytes, which is not a multiple of the host's page size of ${pageSize}; QEMU 9.1 "
            + "and later refuse that. Use a label size that is a multiple of the page size.",
        [NvdimmCodes.VersionsDiffer] =
            "The sizes depend on the host's libvirt and QEMU, whose versions are unknown: ${oldest} makes another layout than "
            + "${newest}. Run 'nvdimm verify' on the host.",
        [NvdimmCodes.DevdaxAlignTooSmall] =
            "The alignment of ${align} bytes is smaller than the dax device's own of ${deviceAlign}; QEMU refuses it, or starts only by "
            + "chance.",
        [NvdimmCodes.HotPlugMisaligned] =
            "The guest size of ${guestSize} bytes is not a multiple of the hot-plug block of ${hotPlugBlock}: memory that is plugged "
            + "later does not come online in the guest.",
        [NvdimmCodes.DimmSize] =
            "A DIMM of ${dimmSize} bytes does not come online in the guest at any address: its size must be a multiple of ${step}.",
        [NvdimmCodes.DimmMisaligned] =
            "QEMU would put a DIMM of ${dimmSize} bytes at ${address}, which is not a multiple of the guest's memory block of "
            + "${memoryBlock}: it would not come online, and the host would not notice. Plug it with the base address ${advised}.",
        [NvdimmCodes.DimmNoRoom] = "There is no room for ${what} where the guest could use it: ${reason}.",
        [NvdimmCodes.DimmAddressUnknown] =
            "The guest's memory reaches up to ${end}. Close to or above 1 TiB its address depends on the processor, and cannot be "
            + "predicted.",

        [NvdimmCodes.Unusable] = "${device} cannot be used by a VM. ${reasons}",
        [NvdimmCodes.UsedByOtherVm] =
            "${device} belongs to ${otherVm} too, by configuration, record or use: two VMs on one device destroy each other's data. If "
            + "${otherVm} no longer needs it, detach it there.",
        [NvdimmCodes.AlreadyAttached] = "${device} is attached to ${vm} already.",
        [NvdimmCodes.AttachedUnderFormerName] =
            "${vm} has ${device} attached under its former name ${former}: the engine would keep both names, and ${former} can stand for "
            + "another device at any time. Detach ${former} first.",
        [NvdimmCodes.NotAttached] = "${device} is not attached to ${vm}.",
        [NvdimmCodes.AmbiguousDevice] = "'${device}' stands for more than one device: ${candidates}.",
        [NvdimmCodes.NoMemorySlot] = "${vm} needs ${needed} memory slots and has ${slots}; every NVDIMM takes one.",
        [NvdimmCodes.SizeRefused] = "${device} cannot be sized for ${vm}. ${reasons}",
        [NvdimmCodes.NoStableIdentity] =
            "${device} has no uuid: only its name identifies it, and after a reboot the name can stand for another device.",
        [NvdimmCodes.NoStableGuestUuid] =
            "${device} has no uuid from which the guest's uuid can be derived. On POWER, a changed uuid hides all namespaces of the "
            + "guest.",
        [NvdimmCodes.IdentityChanged] =
            "${device} was attached with the uuid ${attachedUuid}, but now has ${uuid}: it is another device under the same name.",
        [NvdimmCodes.DeviceAltered] =
            "${device} has changed since it was attached: it had ${was} and has ${now} now. The guest's data on it may be cut off or "
            + "unreadable. Check its layout on the host before the VM starts.",
        [NvdimmCodes.SilentlyDetached] =
            "${vm} should have ${device}, but is no longer attached to it. The engine drops an attachment when one report of the host "
            + "lacks the device.",
        [NvdimmCodes.PersistenceNotGuaranteed] =
            "QEMU maps ${device} through the host's page cache: if the host crashes, data that the guest has synced is lost. To keep "
            + "it, use a devdax namespace of a region with a persistence domain, or a file on a file system that is mounted with DAX.",
        [NvdimmCodes.ModeWithoutDax] = "${device} is in ${mode} mode, which has no DAX. The engine still declares it as persistent memory.",
        [NvdimmCodes.DevdaxSelinux] =
            "${device} is a dax device, and SELinux is ${selinux} on ${host}: it may keep QEMU from opening the device (bugzilla "
            + "1855336).",
        [NvdimmCodes.NumaMismatch] =
            "${device} is on host NUMA node ${hostNode} (target node ${targetNode}), but the guest sees it on guest node ${guestNode}, "
            + "which is not pinned there. The right guest node: ${rightNode}.",
        [NvdimmCodes.ContentNotInSnapshot] = "The snapshot will not hold the content of ${device}.",
        [NvdimmCodes.ContentNotReverted] =
            "Restoring the snapshot leaves the content of ${device} as it is now, which may no longer match the disks.",
        [NvdimmCodes.PinningChangeDetaches] = "If the pinning of ${vm} changes, the engine drops ${device} from it. Detach it first.",
        [NvdimmCodes.CloneSharesDevice] =
            "A copy of ${vm} with the same pinning gets ${device} too: two VMs on one device destroy each other's data.",
        [NvdimmCodes.DetachBlockedByEngine] =
            "The engine refuses to remove ${device} from ${vm} until the VM is pinned to exactly one host that reports the device.",
        [NvdimmCodes.HotPlugUnsupported] = "${device} cannot be attached to ${vm} while it runs: NVDIMM hot plug is not supported.",
        [NvdimmCodes.HotUnplugUnsupported] = "${device} cannot be removed from ${vm} while it runs: QEMU has no NVDIMM hot unplug.",
        [NvdimmCodes.MemoryHotPlugUnknown] =
            "Memory plugged into ${vm} may not come online in the guest: the size that the guest has of ${device} is unknown. List the "
            + "host's devices again, and plug the memory once ${device} is listed with its size.",
        [NvdimmCodes.MemoryHotPlugMisaligned] =
            "Memory plugged into ${vm} would not come online in the guest: the guest size of ${device}, ${guestSize} bytes, is not a "
            + "multiple of ${hotPlugBlock}. The host would not notice.",
        [NvdimmCodes.ListingIncomplete] = "The list of the devices of ${host} is incomplete: a device that is missing from it may exist.",

        [NvdimmCodes.LayoutOfOtherDevice] =
            "The layout was made for a ${layoutKind} of ${layoutSize} bytes; ${device} is a ${kind} of ${size} bytes. Size ${device} "
            + "itself.",
        [NvdimmCodes.XmlMalformed] = "The domain XML is not well formed: ${detail} (line ${line}, position ${position}).",
        [NvdimmCodes.XmlDtd] = "The domain XML has a document type or entities, which are refused (line ${line}, position ${position}).",
        [NvdimmCodes.XmlTooLarge] = "The domain XML is above the limit of ${limit} ${what}.",
        [NvdimmCodes.XmlNotDomain] =
            "The XML is not a libvirt domain: it has ${found} in place of one <${element}> (line ${line}, position ${position}).",
        [NvdimmCodes.XmlNamespace] =
            "The domain XML has '${name}' in an XML namespace, which libvirt may ignore (line ${line}, position ${position}). Write it "
            + "without a prefix, or into <metadata>.",
        [NvdimmCodes.XmlBadValue] = "The domain XML has '${value}' in <${element}>, not ${expected} (line ${line}, position ${position}).",
        [NvdimmCodes.XmlNoGuestNode] =
            "The memory device ${path} is on NUMA cell ${node}, which the domain does not have; libvirt refuses that. Write the number of "
            + "one of its cells into <node>: ${cells}.",
        [NvdimmCodes.XmlNotAttached] = "The domain has no NVDIMM with the path ${path}.",
        [NvdimmCodes.XmlUnmatched] = "The domain has an NVDIMM with the path ${path}, but the listing has no such device.",
        [NvdimmCodes.XmlAliasTaken] = "The domain already has the alias ${alias} of ${path}; libvirt refuses a second one.",
        [NvdimmCodes.XmlAddressBits] =
            "The guest's maximum memory, slots and PCI hole reach up to ${highest}, and its CPU has ${bits} address bits; QEMU 7.1 and "
            + "later refuse that (phys-bits too low). Lower <maxMemory> or its slots, or, if the host's CPU has that many bits, write "
            + "<maxphysaddr mode='emulate' bits='${needed}'/> into <cpu>.",
        [NvdimmCodes.XmlNoAcpi] =
            "The domain has no <acpi/> feature: on x86, QEMU does not start with an NVDIMM; elsewhere, the guest does not find it. "
            + "Write <acpi/> into <features>.",
        [NvdimmCodes.XmlOtherArchitecture] = "The layout of ${path} is for ${architecture}, but the domain is ${domainArchitecture}.",
        [NvdimmCodes.XmlDiscard] = "The NVDIMM ${path} has discard='yes'; libvirt refuses that on NVDIMMs. Remove the attribute.",
        [NvdimmCodes.XmlUuid] = "The NVDIMM ${path} has a <uuid>; libvirt accepts one on POWER only. Remove the element.",
        [NvdimmCodes.XmlAlignSize] =
            "The NVDIMM ${path} has an <alignsize> of ${align} bytes; QEMU accepts only powers of two that are multiples of the host's "
            + "page size. Write the alignment that the device was used with, or 2048 KiB for a new one.",
        [NvdimmCodes.XmlLabelSize] =
            "The NVDIMM ${path} has a label of ${label} bytes in a size of ${size}; libvirt accepts a label of at least 131072 bytes "
            + "that is smaller than the size. Write the label size that the device was used with, or 128 KiB for a new one.",
        [NvdimmCodes.XmlLabelMissing] =
            "The NVDIMM ${path} has no <label>; libvirt requires one on POWER. Write <label><size unit='KiB'>128</size></label> into "
            + "its <target>.",
        [NvdimmCodes.XmlNodeMissing] =
            "The memory device ${path} has no <node>; libvirt requires one in a domain with NUMA cells. Write <node> with the "
            + "number of a cell into its <target>.",
        [NvdimmCodes.XmlNoNuma] =
            "The domain has no NUMA cell; libvirt before 9.6 refuses NVDIMMs without one. Write a <cell> with the vCPUs and the memory "
            + "into <cpu><numa>, and its number into <node> of each NVDIMM.",
        [NvdimmCodes.XmlAddressType] =
            "The memory device ${path} has an <address> of type '${type}'; libvirt refuses it, or takes its numbers for slot "
            + "and base address. Write type='dimm' with a slot, or remove the element.",
        [NvdimmCodes.XmlAddressMisaligned] =
            "The memory device ${path} has the base address ${base}, which is not a multiple of its alignment of ${align} "
            + "bytes; QEMU refuses it. Write a multiple, or remove the attribute.",
        [NvdimmCodes.XmlAddressOverlap] =
            "The memory device ${path} at ${base} overlaps ${other} at ${otherBase}; QEMU refuses that, and so does libvirt "
            + "from 9.8 on. Move one of them, or remove its base address.",
        [NvdimmCodes.XmlSlotTaken] =
            "${path} has slot ${slot}, which ${other} already has; libvirt refuses that. Write another slot, or remove the <address>.",
        [NvdimmCodes.XmlSlotTooHigh] =
            "The memory device ${path} has slot ${slot}, and the domain has ${slots} slots, counted from 0; libvirt refuses "
            + "that. Write a lower slot, or remove the <address>.",
        [NvdimmCodes.XmlNoSlots] = "<maxMemory> has no slots. Each DIMM and NVDIMM takes one, before libvirt 9.5 each other "
            + "memory device too. Write slots='${needed}' or more.",
        [NvdimmCodes.XmlNoMaxMemory] =
            "The domain has no <maxMemory>; libvirt refuses NVDIMMs without it. Write <maxMemory slots='16' "
            + "unit='KiB'>${needed}</maxMemory>, or more.",
        [NvdimmCodes.XmlMaxMemory] =
            "<maxMemory> is ${maxMemory} bytes, too small for the memory and the memory devices: libvirt or QEMU refuses that. Write "
            + "${needed} KiB or more.",
        [NvdimmCodes.XmlMemoryTooSmall] =
            "<memory> is ${memory} bytes. In a domain without NUMA cells, libvirt subtracts the memory devices (${devices} bytes) from "
            + "it, and refuses the domain if no RAM is left. Write the sum of the RAM and the devices.",
        [NvdimmCodes.XmlArgument] =
            "The domain passes ${device} to the guest through the ${use}, which bypasses libvirt: its layout cannot be checked. Write "
            + "it as <memory model='nvdimm'> in <devices>, and remove the arguments.",
        [NvdimmCodes.XmlHidden] = "The ${use} can add or change an NVDIMM without libvirt's knowledge, so it cannot be checked. ${resolve}",
        [NvdimmCodes.XmlDeviceTwice] =
            "This domain uses ${path} more than once: as ${uses}. Each use overwrites the data of the others. Keep one of them.",
    };
}
