namespace Nvdimm.Hook.Tests;

/// <summary>The right answers for the domains of the field on a host with three fsdax devices of 16 GiB, aligned to 2 MiB: of the hook, and of the tool.</summary>
internal static class FieldStarts
{
    /// <summary>
    /// File, all errors, all warnings but the usual ones, each recorded layout (backend, alignment, label, guest size), and why. The versions are
    /// those in which libvirt's NEWS dates a change; what libvirt 9.0.0 and QEMU 7.2 said of each refused domain stands in DomainRefusalsTests.
    /// </summary>
    public static readonly string[][] Rows =
    [
        ["F2-plan-output-that-does-not-start", "NVDIMM_LARGER_THAN_DEVICE", "NVDIMM_XML_ADDRESS_BITS", "", "the plan was for 1 TiB; this device has 16 GiB"],
        ["X01-djwong-no-label-10487808KiB", "", "NVDIMM_XML_ADDRESS_BITS", "10739515392 4096 0 10739515392", "1 TiB with 40 address bits: QEMU 7.1 and later refuse"],
        ["X02-famfs-GiB-units-label16M-memory-is-sum", "", "", "8589934592 2097152 16777216 8573157376", "units of GiB and MiB, a label of 16 MiB"],
        [
            "X04-i440fx-two-without-label", "", "NVDIMM_FILE_SPARSE", "17179869184 4096 0 17179869184 | 17179869184 4096 0 17179869184",
            "i440fx, one of two is a file"
        ],
        [
            "X06-nova-vpmem-no-units-pmem-on", "", "", "4292870144 2097152 2097152 4290772992",
            "no units, a label of 2 MiB, a text in <pmem>, no <node> nor node needed by nova"
        ],
        ["X07-virt-install-all-memdevs", "", "NVDIMM_ACCESS_READONLY", "536870912 2097152 131072 534773760", "read-only NVDIMM beside every other model"],
        ["X09-uuid-on-x86-access-private", "NVDIMM_XML_UUID", "NVDIMM_ACCESS_PRIVATE", "", "D8: libvirt takes a uuid on POWER only"],
        ["X10-units-M-and-KB", "", "", "536870912 4096 262144 536608768", "unit M, label of 256 KiB, no alignsize"],
        ["X10b-no-numa-no-maxmemory", "NVDIMM_XML_NO_MAX_MEMORY", "NVDIMM_XML_NO_NUMA", "", "libvirt: no maxMemory"],
        [
            "X11-aarch64-virt-label-1M", "NVDIMM_XML_MAX_MEMORY", "", "",
            "aarch64 is sized; the maximum is too small"
        ],
        ["X12-hana-hugepages-4-cells", "", "NVDIMM_NUMA_MISMATCH", "941621248 2097152 131072 939524096", "F4: host node 0 has guest node 0"],
        ["X13-uefi-secureboot-smm", "", "", "941621248 2097152 131072 939524096", "firmware changes nothing"],
        ["X14-same-path-twice", "NVDIMM_XML_DEVICE_TWICE", "", "", "P9: once, and both elements named"],
        ["X15-dumpxml-running", "", "", "941621248 2097152 131072 939524096", "the dump of a running domain starts again as it is"],
        ["X16-qemu-commandline-nvdimm", "NVDIMM_XML_ARGUMENT", "", "", "P3: an NVDIMM past libvirt"],
        ["X17-same-device-as-virtio-disk", "NVDIMM_XML_DEVICE_TWICE", "", "", "P2: the same device as a disk"],
        ["X18-virtio-pmem-on-host-pmem", "", "", "1073741824 4096 0 1073741824", "a virtio-pmem device is claimed and recorded, without label"],
        ["X20-physbits-cascadelake", "", "", "", "no NVDIMM: nothing is looked at"],
        [
            "X21-virt-install-label-no-alignsize", "", "NVDIMM_ACCESS_PRIVATE", "536870912 4096 131072 536739840",
            "F3: no alignsize: 1.9 MiB stay the guest's; no access is private"
        ],
        ["golden-aarch64", "", "NVDIMM_XML_NO_ACPI", "536870912 2097152 131072 534773760", "sized as x86; without ACPI its guest sees nothing"],
        ["golden-i686", "NVDIMM_ARCHITECTURE_UNSUPPORTED", "", "", "32-bit guests have no profile"],
        ["golden-multiple-slots-2", "", "NVDIMM_NO_MEMORY_SLOT", "536870912 2097152 131072 534773760", "libvirt from 9.5 on counts two"],
        [
            "golden-overlap", "", "NVDIMM_XML_ADDRESS_OVERLAP", "536870912 2097152 131072 534773760 | 536870912 2097152 131072 534773760",
            "libvirt from 9.8 on refuses; QEMU of this layout does not"
        ],
        ["golden-ppc-nonuma", "", "", "537001984 4096 131072 536870912", "POWER needs no cell"],
        ["golden-readonly-private", "", "NVDIMM_ACCESS_READONLY", "536870912 2097152 131072 534773760", "D2: read-only stays, and is said"],
        ["golden-sgx-beside-nvdimm", "", "", "536870912 2097152 131072 534773760", "SGX memory takes no slot"],
        ["golden-virtio-pmem-same-path", "", "", "536870912 4096 0 536870912 | 536870912 2097152 131072 534773760", "the virtio-pmem device is claimed too"],
        ["gomodule-dimm-with-path-and-label", "", "", "", "a DIMM has no path: no NVDIMM"],
        ["nova-two-devdax", "ACTION_TYPE_FAILED_HOST_DEVICE_NOT_AVAILABLE NVDIMM_XML_UNMATCHED", "", "", "the host has no such devices"],
        ["own-dimm-of-256m-before-nvdimm", "", "", "941621248 2097152 131072 939524096", "D6: a DIMM before it"],
        ["own-nvdimm-at-explicit-address", "", "", "941621248 2097152 131072 939524096", "an address that fits"],
        ["own-plain-q35", "", "", "", "no NVDIMM"],
        ["own-ppc-uuid-of-the-domain", "", "", "537001984 2097152 131072 536870912", "D1: the domain's uuid is what is asked for"],
        [
            "tp-access-backing-shared", "", "NVDIMM_ACCESS_PRIVATE", "536870912 4096 0 536870912 | 536870912 4096 0 536870912",
            "D9: node 0 is shared by <memoryBacking>, node 1 private by its cell"
        ],
        ["tp-alloc-no-maxmemory-no-numa", "NVDIMM_XML_NO_MAX_MEMORY", "NVDIMM_ACCESS_PRIVATE NVDIMM_XML_NO_NUMA", "", "libvirt: no maxMemory"],
        ["tp-alloc-no-maxmemory", "NVDIMM_XML_NO_MAX_MEMORY", "NVDIMM_ACCESS_PRIVATE", "", "libvirt: no maxMemory"],
        ["tp-alloc-no-slot", "NVDIMM_XML_NO_SLOTS", "NVDIMM_ACCESS_PRIVATE", "", "libvirt from 9.5 on: failed to find an empty memory slot"],
        ["tp-alloc-numa-no-node", "NVDIMM_XML_NODE_MISSING", "NVDIMM_ACCESS_PRIVATE", "", "libvirt: target NUMA node needs to be specified"],
        [
            "tp-alloc-with-slot-no-numa-node0", "", "NVDIMM_ACCESS_PRIVATE NVDIMM_XML_NO_NUMA", "536870912 4096 131072 536739840",
            "libvirt from 9.6 on adds a cell"
        ],
        ["tp-alloc-with-slot-no-numa", "", "NVDIMM_ACCESS_PRIVATE NVDIMM_XML_NO_NUMA", "536870912 4096 131072 536739840", "libvirt from 9.6 on adds a cell"],
        [
            "tp-backing-hugepages", "", "NVDIMM_ACCESS_PRIVATE", "536870912 4096 131072 536739840 | 536870912 4096 131072 536739840",
            "huge pages are of the RAM, not of the file"
        ],
        ["tp-duplicate-slot", "NVDIMM_XML_SLOT_TAKEN", "NVDIMM_ACCESS_PRIVATE", "", "D8: slot taken twice"],
        ["tp-exceed-maxmemory", "NVDIMM_XML_MAX_MEMORY", "NVDIMM_ACCESS_PRIVATE", "", "D8: maximum too small"],
        ["tp-invalid-addr-type", "NVDIMM_XML_ADDRESS_TYPE", "NVDIMM_ACCESS_PRIVATE", "", "D8: wrong address type"],
        ["tp-invalid-alignsize-2k", "NVDIMM_ALIGN_BELOW_PAGE NVDIMM_XML_ALIGN_SIZE", "NVDIMM_ACCESS_PRIVATE", "", "below the page"],
        ["tp-invalid-bigger-label", "NVDIMM_BELOW_LIBVIRT_MINIMUM NVDIMM_XML_LABEL_SIZE", "NVDIMM_ACCESS_PRIVATE", "", "label larger than the size"],
        ["tp-invalid-bigger-target", "NVDIMM_LARGER_THAN_DEVICE", "NVDIMM_ACCESS_PRIVATE", "", "target larger than the device"],
        ["tp-invalid-discard", "NVDIMM_XML_DISCARD", "NVDIMM_ACCESS_PRIVATE", "", "D8: discard"],
        ["tp-invalid-exceed-slot", "NVDIMM_XML_SLOT_TOO_HIGH", "NVDIMM_ACCESS_PRIVATE", "", "D8: slot above the number"],
        ["tp-invalid-small-label", "NVDIMM_LABEL_TOO_SMALL NVDIMM_XML_LABEL_SIZE", "NVDIMM_ACCESS_PRIVATE", "", "label below 128 KiB"],
        ["tp-invalid-unexisted-node", "NVDIMM_XML_NO_GUEST_NODE", "NVDIMM_ACCESS_PRIVATE", "", "D8: node that the guest has not"],
        ["tp-invalid-unexisted-path", "ACTION_TYPE_FAILED_HOST_DEVICE_NOT_AVAILABLE NVDIMM_XML_UNMATCHED", "", "", "no device"],
        ["tp-lifecycle-private-align-readonly", "", "NVDIMM_ACCESS_READONLY", "536870912 2097152 0 536870912", "D2: private and read-only stay, and are said"],
        ["tp-mixed-dimm-nvdimm-virtio-mem", "", "NVDIMM_ACCESS_PRIVATE", "536870912 4096 0 536870912", "memory devices of three models"],
        ["tp-nvdimm-discard", "NVDIMM_XML_DISCARD", "", "", "D8: discard"],
        ["tp-nvdimm-label-256k", "", "", "536870912 4096 262144 536608768", "label of 256 KiB"],
        ["tp-nvdimm-no-label-private", "", "NVDIMM_ACCESS_PRIVATE", "536870912 4096 0 536870912", "D2: private stays, and is said"],
        ["tp-nvdimm-no-label", "", "", "536870912 4096 0 536870912", "no label"],
        ["tp-nvdimm-pmem-align-readonly", "", "NVDIMM_ACCESS_READONLY", "536870912 2097152 131072 534773760", "D2: read-only stays, and is said"],
        ["tp-nvdimm-ppc-255m", "NVDIMM_BELOW_LIBVIRT_MINIMUM", "", "", "libvirt leaves at least 256 MiB beside the label"],
        ["tp-nvdimm-ppc-no-label", "NVDIMM_LABEL_TOO_SMALL NVDIMM_XML_LABEL_MISSING", "", "", "libvirt: label size is required on POWER"],
        [
            "tp-nvdimm-ppc-two-512", "", "NVDIMM_HOOK_DOMAIN_CORRECTED", "268697600 4096 262144 268435456 | 268566528 4096 131072 268435456",
            "POWER: libvirt would make new uuids; derived ones are written"
        ],
        ["tp-nvdimm-two-512-256", "", "", "536870912 4096 262144 536608768 | 268435456 4096 131072 268304384", "two devices of different sizes"],
        ["tp-same-path-twice", "NVDIMM_XML_DEVICE_TWICE", "NVDIMM_ACCESS_PRIVATE", "", "P9: once, and both elements named"],
        ["tp-turn-to-dram", "", "", "1073741824 4096 0 1073741824", "the whole device without label"],
        ["tpq-align-1.5g", "NVDIMM_ALIGN_NOT_POWER_OF_TWO NVDIMM_XML_ALIGN_SIZE", "", "", "no power of two"],
        ["tpq-align-4g", "", "", "8589934592 4294967296 131072 4294967296", "alignment of 4 GiB"],
        ["tpq-ppc-label-256m", "", "NVDIMM_HOOK_DOMAIN_CORRECTED", "1073741824 4096 268435456 805306368", "D5: a label of 256 MiB is like any other"],
        ["vdsm-running-12g-8g", "NVDIMM_XML_NO_MAX_MEMORY", "NVDIMM_XML_NO_NUMA", "", "libvirt: no maxMemory"],
        ["virtinstall-alignsize-2g-label-128m", "NVDIMM_DEVICE_TOO_SMALL", "NVDIMM_ACCESS_READONLY", "", "the alignment leaves the guest nothing"],
        [
            "virtinstall-build-xml-1g-label", "ACTION_TYPE_FAILED_HOST_DEVICE_NOT_AVAILABLE NVDIMM_XML_UNMATCHED NVDIMM_XML_UUID", "", "",
            "no device; libvirt takes a uuid on POWER only"
        ],
    ];
}
