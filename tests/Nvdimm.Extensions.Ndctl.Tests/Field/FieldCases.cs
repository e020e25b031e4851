namespace Nvdimm.Extensions.Ndctl.Tests.Field;

/// <summary>
/// Listings made after public reports (L…, named by repository and issue), variants of each kind (V…), and captures of ndctl 85 on Linux 7.2.
/// Nodes are the NUMA node and the target node.
/// </summary>
internal static class FieldCases
{
    public static string Folder { get; } = TestFiles.PathOf("field", "ndctl");

    public static IReadOnlyList<FieldCase> All { get; } =
    [
        new("L01-ndctl130-v64-supported_alignments", "pmem/ndctl#130", [], [
            "namespace1.0 fsdax usable, 3183575302144 bytes, align 2097152, nodes - -: NO_NUMA_NODE",
        ]),
        new("L01b-supported_alignments-two-one-with-numa", "pmem/ndctl#130", [], [
            "namespace1.0 fsdax usable, 3183575302144 bytes, align 2097152, nodes - -: NO_NUMA_NODE",
            "namespace0.0 fsdax usable, 3183575302144 bytes, align 2097152, nodes 0 -",
        ]),
        new("L02-ndctl211-both-numa0-target-2-3", "pmem/ndctl#211", [], [
            "namespace1.0 fsdax usable, 1065418227712 bytes, align 2097152, nodes 0 3",
            "namespace0.0 fsdax usable, 1065418227712 bytes, align 2097152, nodes 0 2",
        ]),
        new("L02b-ndctl235-swapped", "pmem/ndctl#235", [], [
            "namespace1.0 fsdax usable, 532708065280 bytes, align 2097152, nodes 0 3",
            "namespace1.1 fsdax usable, 532708065280 bytes, align 2097152, nodes 0 3",
            "namespace0.0 fsdax usable, 532708065280 bytes, align 2097152, nodes 1 2",
        ]),
        new("L02c-ipmctl156-hana-8-socket-all-numa0", "intel/ipmctl#156", [], [
            "namespace0.0 fsdax usable, 1598128390144 bytes, align 2097152, nodes 0 -",
            "namespace1.0 fsdax usable, 1598128390144 bytes, align 2097152, nodes 0 -",
            "namespace2.0 fsdax usable, 1598128390144 bytes, align 2097152, nodes 0 -",
            "namespace3.0 fsdax usable, 1598128390144 bytes, align 2097152, nodes 0 -",
            "namespace4.0 fsdax usable, 1598128390144 bytes, align 2097152, nodes 0 -",
            "namespace5.0 fsdax usable, 1598128390144 bytes, align 2097152, nodes 0 -",
            "namespace6.0 fsdax usable, 1598128390144 bytes, align 2097152, nodes 0 -",
            "namespace7.0 fsdax usable, 1598128390144 bytes, align 2097152, nodes 0 -",
        ]),
        new("L03-ndctl146-centos7-devdax-no-numa", "pmem/ndctl#146", [], [
            "namespace1.2 devdax usable, 105688072192 bytes, align 2097152, nodes - -: NO_NUMA_NODE",
        ]),
        new("L03b-ndctl146-as-posted-human", "pmem/ndctl#146, as posted", [], [
            "namespace1.2 devdax unusable, no bytes, align 2097152, nodes - -: NDCTL_HUMAN_SIZE NDCTL_HUMAN_SIZE NO_NUMA_NODE",
        ]),
        new("L04-ndctl260-devdax-no-target_node", "pmem/ndctl#260", [], [
            "namespace0.0 devdax usable, 133175443456 bytes, align 2097152, nodes - -: NO_NUMA_NODE",
        ]),
        new("L05-ndctl94-v61-single-object", "pmem/ndctl#94", [], ["namespace1.0 raw usable, 268435456000 bytes, align -, nodes 1 -: NO_LABELS"]),
        new("L05b-ndctl94-v61-devdax-chardev-no-align", "pmem/ndctl#94", [], [
            "namespace1.0 raw usable, 268435456000 bytes, align -, nodes 1 -: NO_LABELS",
            "namespace0.0 devdax unusable, 4292870144 bytes, align -, nodes 0 -: NDCTL_MISSING_KEY DAX_MODE_NOT_LISTED",
        ]),
        new("L05c-create-namespace-continue-two-objects", "ndctl create-namespace --continue (documentation)", ["NDCTL_MALFORMED"], [
            "namespace3.0 fsdax usable, 1598128390144 bytes, align 2097152, nodes - -: NO_NUMA_NODE",
        ]),
        new("L06-ndctl183-python-repr", "pmem/ndctl#183", ["NDCTL_MALFORMED"], []),
        new("L06b-ndctl183-esxi-name-raw", "pmem/ndctl#183", [], ["namespace0.0 raw usable, 2177548419072 bytes, align -, nodes 0 -"]),
        new("L06c-region-list-only", "pmem/ndctl#183", ["NDCTL_NO_NAMESPACES"], []),
        new("L07-ndctl184-seed-keeps-name", "pmem/ndctl#184", [], ["namespace0.0 raw unusable, 0 bytes, align -, nodes - -: SEED_NAMESPACE"]),
        new("L08-ndctl35-old-dax-mode-no-chardev-bus", "pmem/ndctl#35", [], [
            "namespace1.0 devdax unusable, 16909336576 bytes, align -, nodes - -: DRIVER_NOT_BOUND NO_NUMA_NODE",
            "namespace0.0 devdax unusable, 16909336576 bytes, align -, nodes - -: DRIVER_NOT_BOUND NO_NUMA_NODE",
        ]),
        new("L08b-ndctl35-after-destroy-and-reboot-raw", "pmem/ndctl#35", [], [
            "namespace1.0 raw usable, 17179869184 bytes, align -, nodes - -: NO_LABELS NO_NUMA_NODE",
            "namespace0.0 raw usable, 17179869184 bytes, align -, nodes - -: NO_LABELS NO_NUMA_NODE",
        ]),
        new("L09-ndctl21-e820-memory-mode-object", "pmem/ndctl#21", [], [
            "namespace0.0 fsdax usable, 17179869184 bytes, align -, nodes - -: NO_NUMA_NODE",
        ]),
        new("L10-ndctl19-badblock_count-only", "pmem/ndctl#19", [], [
            "namespace0.0 devdax unusable, 2111832064 bytes, align -, nodes - -: DRIVER_NOT_BOUND NO_NUMA_NODE BAD_BLOCKS",
            "namespace1.0 devdax unusable, 2111832064 bytes, align -, nodes - -: DRIVER_NOT_BOUND NO_NUMA_NODE BAD_BLOCKS",
            "namespace2.0 devdax unusable, 2111832064 bytes, align -, nodes - -: DRIVER_NOT_BOUND NO_NUMA_NODE BAD_BLOCKS",
        ]),
        new("L10b-badblocks-at-dax-dimms", "ndctl v81, badblocks_to_jdimms", [], [
            "namespace0.0 devdax usable, 6339690496 bytes, align 2097152, nodes 0 -: BAD_BLOCKS",
        ]),
        new("L11-ndctl208-trailing-comma", "pmem/ndctl#208", ["NDCTL_MALFORMED"], []),
        new("L11b-two-regions-same-iset-no-namespaces", "pmem/ndctl#208", ["NDCTL_NO_NAMESPACES"], []),
        new("L12-ndctl151-six-way-region-align-96M", "pmem/ndctl#151", [], [
            "namespace1.0 fsdax usable, 1598128390144 bytes, align 2097152, nodes - -: NO_NUMA_NODE",
            "namespace0.0 fsdax usable, 1598128390144 bytes, align 2097152, nodes - -: NO_NUMA_NODE",
        ]),
        new("L12b-namespace-align-96M", "pmem/ndctl#151", [], ["namespace0.0 fsdax usable, 1598128390144 bytes, align 100663296, nodes 0 -"]),
        new("L14-hch2021-disappeared-vvv", "kernel list, 2021", [], [
            "namespace1.0 raw unusable, 0 bytes, align -, nodes - -: SEED_NAMESPACE",
            "namespace0.0 raw unusable, 0 bytes, align -, nodes - -: SEED_NAMESPACE",
        ]),
        new("L15-ppc2023-zero-size-active-fsdax", "linuxppc list, 2023", [], ["namespace1.0 fsdax unusable, 0 bytes, align 65536, nodes 0 -: ZERO_SIZE"]),
        new("L15c-after-fix-disabled-raw-18M", "linuxppc list, 2023", [], [
            "namespace1.0 raw unusable, 18874368 bytes, align -, nodes - -: NAMESPACE_DISABLED NO_NUMA_NODE",
        ]),
        new("L16-ppc2019-fallthrough-fsdax-rawuuid", "linuxppc list, 2019", [], [
            "namespace0.0 fsdax unusable, 10737418240 bytes, align -, nodes 0 -: RAW_AREA_OFFERED",
        ]),
        new("L17-papr-numa3-target4-no-region-align", "pseries documentation (papr)", [], [
            "namespace0.0 devdax usable, 1071644672 bytes, align 2097152, nodes 3 -",
        ]),
        new("L18-run_qemu6-cxl-bus-dimms-only", "run_qemu#6", ["NDCTL_NO_NAMESPACES", "CXL_WITHOUT_NAMESPACES"], []),
        new("L19-ndctl246-daxctl-hmem", "pmem/ndctl#246", ["NDCTL_OTHER_PROGRAM"], []),
        new("L20-ndctl272-cxl-list", "pmem/ndctl#272", ["NDCTL_OTHER_PROGRAM"], []),
        new("L21-ndctl156-vsphere-labelless", "pmem/ndctl#156", [], [
            "namespace0.0 raw usable, 17179869184 bytes, align -, nodes - -: NO_LABELS NO_NUMA_NODE",
        ]),
        new("L22-ipmctl196-esxi-three-raw", "intel/ipmctl#196", [], [
            "namespace2.0 raw usable, 16777216 bytes, align -, nodes - -: NO_LABELS NO_NUMA_NODE",
            "namespace1.0 raw usable, 6442450944 bytes, align -, nodes - -: NO_LABELS NO_NUMA_NODE",
            "namespace0.0 raw usable, 6442450944 bytes, align -, nodes - -: NO_LABELS NO_NUMA_NODE",
        ]),
        new("L23-dimm-flags-failed-flush-smart", "ndctl list -D, flags", [], [
            "namespace0.0 devdax unusable, 133175443456 bytes, align 2097152, nodes 0 -: DIMM_FAILED DIMM_ALARM",
        ]),
        new("L23c-firmware-activation-and-security-frozen", "ndctl list -vvv, firmware and security", [], [
            "namespace0.0 devdax usable, 133175443456 bytes, align 2097152, nodes 0 -: DIMM_SECURITY",
        ]),
        new("L25-ansible-sector-47.95G", "Ansible pmem module", [], ["namespace1.0 sector usable, 51488243712 bytes, align -, nodes - -: NO_NUMA_NODE"]),
        new("L25b-sector-1071616000-and-raw", "Ansible pmem module", [], [
            "namespace1.0 sector usable, 1071616000 bytes, align -, nodes 1 -",
            "namespace1.1 raw usable, 671088640 bytes, align -, nodes 1 -",
        ]),
        new("L27-daos-duplicate-uuid", "DAOS, a copied namespace", [], [
            "namespace1.0 fsdax unusable, 532708065280 bytes, align 2097152, nodes 1 -: DUPLICATE_UUID",
            "namespace0.0 fsdax unusable, 532708065280 bytes, align 2097152, nodes 0 -: DUPLICATE_UUID",
        ]),
        new("L30-ndctl129-devdax-chardev-without-daxregion", "pmem/ndctl#129", [], [
            "namespace1.0 devdax usable, 1054867456 bytes, align 2097152, nodes - -: DAX_MODE_NOT_LISTED NO_NUMA_NODE",
        ]),
        new("L30b-system-ram-with-v-ndctl72", "pmem/ndctl#129 with -v", [], [
            "namespace1.0 devdax unusable, 1054867456 bytes, align 2097152, nodes 0 -: DAX_SYSTEM_RAM",
        ]),
        new("L32-arm64-fsdax-align-64K-512M", "Linux arm64, 64 KiB pages", [], [
            "namespace0.0 fsdax usable, 16106127360 bytes, align 65536, nodes 0 -",
            "namespace0.1 fsdax usable, 16106127360 bytes, align 536870912, nodes 0 -",
        ]),
        new("L33-virtio-pmem-bus", "virtio-pmem in a guest", [], [
            "namespace0.0 raw usable, 4294967296 bytes, align -, nodes - -: NO_LABELS NO_NUMA_NODE PERSISTENCE_UNKNOWN",
        ]),
        new("L34-blk-namespace-old", "ndctl test suite, blk", [], ["namespace6.0 sector usable, 32440320 bytes, align -, nodes - -: NO_NUMA_NODE"]),
        new("L35-nova-doc-ndctl62-devdax-align-only-in-daxregion", "nova documentation, ndctl 62", [], [
            "namespace1.0 devdax usable, 32212254720 bytes, align 2097152, nodes 1 -",
        ]),
        new("L35b-ndctl63-fsdax-no-align", "ndctl 63", [], ["namespace1.0 fsdax usable, 532708065280 bytes, align -, nodes 1 -"]),
        new("L36-regions-only-ndctl-list-R-full", "ndctl list -R", ["NDCTL_NO_NAMESPACES"], []),
        new("L37-optane-1008G-path-here", "Optane host", [], ["namespace1.0 fsdax usable, 1065418227712 bytes, align 2097152, nodes 0 2"]),
        new("L40-two-1GiB-here", "two namespaces of one host", [], ["namespace1.0 fsdax usable, 1073741824 bytes, align 2097152, nodes 0 2"]),
        new("L41-ndctl145-devdax-before-power-reset", "pmem/ndctl#145", [], [
            "namespace0.0 devdax usable, 16909336576 bytes, align 2097152, nodes - -: NDCTL_MISSING_KEY DAX_MODE_NOT_LISTED NO_NUMA_NODE",
        ]),
        new("L41b-ndctl145-raw-after-power-reset", "pmem/ndctl#145", [], [
            "namespace0.0 raw usable, 17179869184 bytes, align -, nodes - -: NO_LABELS NO_NUMA_NODE",
        ]),
        new("V01-ndctl64-supported-keys-of-every-mode", "ndctl v64, util/json.c", [], [
            "namespace1.0 sector usable, 51488243712 bytes, align -, nodes 0 -",
            "namespace1.1 sector usable, 51488243712 bytes, align -, nodes 0 -",
            "namespace1.2 devdax usable, 4292870144 bytes, align 2097152, nodes 0 0",
            "namespace1.3 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0",
        ]),
        new("V02-numa-nodes", "pmem/ndctl#211 and #235", [], [
            "namespace0.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 3 4",
            "namespace0.1 fsdax usable, 4225761280 bytes, align 2097152, nodes - 2: NO_NUMA_NODE",
            "namespace0.2 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 -",
            "namespace0.3 fsdax usable, 4225761280 bytes, align 2097152, nodes - -: NO_NUMA_NODE",
            "namespace0.4 fsdax usable, 4225761280 bytes, align 2097152, nodes 1 3",
        ]),
        new("V07-names-of-seed-disabled-and-live", "pmem/ndctl#184", [], [
            "namespace0.0 raw unusable, 0 bytes, align -, nodes - -: SEED_NAMESPACE",
            "namespace0.1 raw unusable, 4294967296 bytes, align -, nodes 0 -: NAMESPACE_DISABLED",
            "namespace0.2 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0",
        ]),
        new("V15-zero-size-with-uuid-in-every-mode", "linuxppc list, 2023", [], [
            "namespace0.0 raw unusable, 0 bytes, align -, nodes 0 -: ZERO_SIZE",
            "namespace0.1 sector unusable, 0 bytes, align -, nodes 0 -: ZERO_SIZE",
            "namespace0.2 fsdax unusable, 0 bytes, align 2097152, nodes 0 0: ZERO_SIZE",
            "namespace0.3 devdax unusable, 0 bytes, align 2097152, nodes 0 0: ZERO_SIZE",
            "namespace0.4 raw unusable, 0 bytes, align -, nodes 0 -: ZERO_SIZE NO_LABELS",
            "namespace0.5 raw unusable, 0 bytes, align -, nodes 0 -: ZERO_SIZE NAMESPACE_DISABLED",
            "namespace0.6 fsdax unusable, 0 bytes, align 2097152, nodes 0 0: ZERO_SIZE DRIVER_NOT_BOUND",
            "namespace0.7 fsdax unusable, 0 bytes, align 2097152, nodes 0 0: ZERO_SIZE",
        ]),
        new("V15b-seeds-of-every-kind", "ndctl list -i", [], [
            "namespace0.0 raw unusable, 0 bytes, align -, nodes - -: SEED_NAMESPACE",
            "namespace0.1 raw unusable, 0 bytes, align -, nodes 0 -: SEED_NAMESPACE",
            "namespace0.2 raw unusable, 0 bytes, align -, nodes - -: SEED_NAMESPACE",
            "namespace0.3 none unusable, 0 bytes, align -, nodes - -: SEED_NAMESPACE",
        ]),
        new("V16-raw-area-and-its-neighbours", "ndctl v81, util_namespace_to_json", [], [
            "namespace0.0 fsdax unusable, 4225761280 bytes, align -, nodes 0 0: RAW_AREA_OFFERED",
            "namespace0.1 fsdax unusable, 4225761280 bytes, align -, nodes 0 0: RAW_AREA_OFFERED",
            "namespace0.2 fsdax usable, 4225761280 bytes, align -, nodes 0 0",
            "namespace0.3 fsdax usable, 4225761280 bytes, align -, nodes 0 0",
            "namespace0.4 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0",
            "namespace0.5 fsdax usable, 4225761280 bytes, align -, nodes 0 0",
            "namespace0.6 fsdax unusable, 4225761280 bytes, align -, nodes - -: RAW_AREA_OFFERED NO_NUMA_NODE",
        ]),
        new("V18-cxl-bus-with-and-without-namespaces", "run_qemu#6", ["CXL_WITHOUT_NAMESPACES"], [
            "namespace0.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 1",
        ]),
        new("V19-daxctl-devices", "daxctl list", ["NDCTL_OTHER_PROGRAM"], []),
        new("V19b-daxctl-one-device-human-mappings", "daxctl list -M -u", ["NDCTL_OTHER_PROGRAM"], []),
        new("V19c-daxctl-region-without-devices", "daxctl list -R", ["NDCTL_OTHER_PROGRAM"], []),
        new("V20-cxl-regions-decoders-ports", "cxl list -BDPRM", ["NDCTL_OTHER_PROGRAM"], []),
        new("V20b-cxl-one-memdev-human-health", "cxl list -u -H", ["NDCTL_OTHER_PROGRAM"], []),
        new("V20c-cxl-regions", "cxl list -R -u", ["NDCTL_OTHER_PROGRAM"], []),
        new("V23-health-words", "ndctl v81, ndctl/json-smart.c", [], [
            "namespace0.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0",
            "namespace1.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_HEALTH",
            "namespace2.0 fsdax unusable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_HEALTH",
            "namespace3.0 fsdax unusable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_HEALTH",
            "namespace4.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_HEALTH",
            "namespace5.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_HEALTH",
        ]),
        new("V23b-health-unknown-only-and-old-alarms", "ndctl v59, json-smart.c", [], [
            "namespace0.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_HEALTH",
            "namespace1.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_ALARM",
            "namespace2.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_ALARM",
            "namespace3.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0",
        ]),
        new("V23d-failed-flags", "ndctl v81, util_dimm_to_json", [], [
            "namespace0.0 fsdax unusable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_FAILED",
            "namespace1.0 fsdax unusable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_FAILED",
            "namespace2.0 fsdax unusable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_FAILED",
            "namespace3.0 fsdax unusable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_FAILED",
            "namespace4.0 fsdax unusable, 4225761280 bytes, align 2097152, nodes 0 0: READ_ONLY",
            "namespace5.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_ALARM",
            "namespace6.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0",
        ]),
        new("V23e-security-words", "ndctl v81, util_dimm_to_json", [], [
            "namespace0.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0",
            "namespace1.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0",
            "namespace2.0 fsdax unusable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_SECURITY",
            "namespace3.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_SECURITY",
            "namespace4.0 fsdax unusable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_SECURITY",
            "namespace5.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0: NDCTL_UNKNOWN_VALUE",
            "namespace6.0 fsdax unusable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_SECURITY DIMM_SECURITY",
        ]),
        new("V23f-dimm-of-no-listed-region", "ndctl list -ND", ["DIMM_FAILED", "DIMM_HEALTH"], [
            "namespace0.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0",
        ]),
        new("V23g-interleaved-two-of-three-dimms", "ndctl list -NRD", [], [
            "namespace0.0 fsdax unusable, 4225761280 bytes, align 2097152, nodes 0 0: DIMM_FAILED DIMM_HEALTH",
            "namespace0.1 devdax unusable, 4292870144 bytes, align 2097152, nodes 0 0: DIMM_FAILED DIMM_HEALTH",
        ]),
        new("V23h-same-dimm-name-on-another-bus", "ndctl list -vv", ["DIMM_FAILED"], [
            "namespace0.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0",
        ]),
        new("V30-dax-modes", "pmem/ndctl#129; ndctl 85", [], [
            "namespace0.0 devdax unusable, 4292870144 bytes, align 2097152, nodes 0 0: DAX_NOT_DEVDAX",
            "namespace0.1 none unusable, 4292870144 bytes, align 2097152, nodes 0 0: NDCTL_UNKNOWN_MODE DAX_SYSTEM_RAM",
            "namespace0.2 devdax usable, 4292870144 bytes, align 2097152, nodes 0 0",
            "namespace0.3 devdax usable, 4292870144 bytes, align 2097152, nodes 0 0: DAX_MODE_NOT_LISTED",
            "namespace0.4 devdax unusable, 4292870144 bytes, align 2097152, nodes 0 0: NDCTL_UNKNOWN_VALUE",
        ]),
        new("V33-persistence-domains", "ndctl v81, region_to_json", [], [
            "namespace0.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0",
            "namespace1.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0",
            "namespace2.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0: PERSISTENCE_UNKNOWN",
            "namespace3.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0: PERSISTENCE_UNKNOWN",
            "namespace4.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0",
        ]),
        new("V35-ndctl60-to-63-devdax-align-of-the-dax-region", "ndctl v60 to v63, util/json.c", [], [
            "namespace1.0 devdax usable, 32212254720 bytes, align 1073741824, nodes 1 -",
            "namespace1.1 devdax usable, 32212254720 bytes, align 4096, nodes 1 -",
            "namespace1.2 devdax usable, 32212254720 bytes, align 2097152, nodes 1 -",
            "namespace1.3 devdax usable, 32212254720 bytes, align 16777216, nodes 1 -",
        ]),
        new("V35b-ndctl59-dax-align-of-the-dax-region", "ndctl v59, util/json.c", [], [
            "namespace1.0 devdax usable, 32212254720 bytes, align 1073741824, nodes 1 -",
        ]),
        new("V35c-devdax-without-any-align", "ndctl v60 to v63", [], [
            "namespace1.0 devdax unusable, 32212254720 bytes, align -, nodes 1 -: NDCTL_MISSING_KEY",
            "namespace1.1 devdax unusable, 32212254720 bytes, align -, nodes 1 -: NDCTL_MISSING_KEY",
        ]),
        new("V35d-not-root-no-align-of-the-dax-region", "ndctl list as another user than root", [], [
            "namespace0.0 devdax usable, 4292870144 bytes, align 2097152, nodes 0 0",
        ]),
        new("V36-one-region-human-object", "ndctl list -R -u", ["NDCTL_NO_NAMESPACES"], []),
        new("V36b-regions-human-array", "ndctl list -R -u", ["NDCTL_NO_NAMESPACES"], []),
        new("V36c-regions-human-in-object", "ndctl list -NR -u", ["NDCTL_NO_NAMESPACES"], []),
        new("V36d-dimms-only", "ndctl list -D", ["NDCTL_NO_NAMESPACES"], []),
        new("V36e-bus-regions-dimms-no-namespaces", "ndctl list -vv", ["NDCTL_NO_NAMESPACES"], []),
        new("V36f-regions-human-with-namespaces", "ndctl list -NR -u", [], ["namespace0.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0"]),
        new("V41-text-numbers", "pmem/ndctl#145", [], [
            "namespace0.0 fsdax usable, 4225761280 bytes, align 2097152, nodes 0 0: BAD_BLOCKS",
            "namespace0.1 devdax usable, 4292870144 bytes, align 2097152, nodes 0 -",
        ]),
        new("V41b-texts-that-are-no-numbers", "pmem/ndctl#145", [], [
            "namespace0.0 fsdax unusable, no bytes, align 2097152, nodes 0 0: NDCTL_BAD_VALUE",
            "namespace0.1 fsdax unusable, no bytes, align 2097152, nodes 0 0: NDCTL_BAD_VALUE",
            "namespace0.2 fsdax unusable, no bytes, align 2097152, nodes 0 0: NDCTL_BAD_VALUE",
            "namespace0.3 fsdax unusable, 4225761280 bytes, align -, nodes 0 0: NDCTL_BAD_VALUE",
            "namespace0.4 fsdax unusable, no bytes, align 2097152, nodes 0 0: NDCTL_BAD_VALUE",
            "namespace0.5 fsdax unusable, no bytes, align 2097152, nodes 0 0: NDCTL_BAD_VALUE",
            "namespace0.6 raw unusable, 4294967296 bytes, align -, nodes 0 -: NDCTL_BAD_VALUE",
        ]),
        new("V59-sector_size-minus-one", "ndctl v59.0 to v59.2", [], [
            "namespace0.0 raw usable, 4294967296 bytes, align -, nodes 0 -",
            "namespace0.1 fsdax usable, 4225761280 bytes, align -, nodes 0 -",
            "namespace0.2 raw usable, 4294967296 bytes, align -, nodes 0 -: NO_LABELS",
        ]),
        new("V59b-sector_size-as-text", "pmem/ndctl#145", [], [
            "namespace0.0 raw usable, 4294967296 bytes, align -, nodes 0 -",
            "namespace0.1 sector usable, 51488243712 bytes, align -, nodes 0 -",
            "namespace0.2 raw usable, 4294967296 bytes, align -, nodes 0 -",
        ]),
        new("linux72-cxl-list-N-v", "ndctl 85, Linux 7.2", [], [
            "namespace0.2 sector usable, 133005312 bytes, align -, nodes 0 1",
            "namespace0.1 devdax usable, 266338304 bytes, align 2097152, nodes 0 1",
            "namespace0.3 raw usable, 67108864 bytes, align -, nodes 0 1",
            "namespace0.0 fsdax usable, 266338304 bytes, align 2097152, nodes 0 1",
        ]),
        new("linux72-cxl-list-vvv", "ndctl 85, Linux 7.2", ["NDCTL_OTHER_PROGRAM"], []),
        new("linux72-dax-states-list-N-v", "ndctl 85, Linux 7.2", [], [
            "namespace1.0 fsdax usable, 262144000 bytes, align 2097152, nodes 0 0",
            "namespace1.1 devdax usable, 262144000 bytes, align 2097152, nodes 0 0",
            "namespace0.2 devdax unusable, 262144000 bytes, align 2097152, nodes 0 0: DAX_DISABLED",
            "namespace0.6 fsdax usable, 262144000 bytes, align 2097152, nodes 0 0",
            "namespace0.1 devdax usable, 262144000 bytes, align 2097152, nodes 0 0",
            "namespace0.3 devdax usable, 262144000 bytes, align 2097152, nodes 0 0",
            "namespace0.7 sector usable, 133005312 bytes, align -, nodes 0 0",
            "namespace0.0 devdax unusable, 262144000 bytes, align 2097152, nodes 0 0: DAX_NOT_DEVDAX",
        ]),
        new("linux72-drivers-unloaded-list-Niv", "ndctl 85, Linux 7.2", [], [
            "namespace1.0 raw unusable, 536870912 bytes, align -, nodes 0 0: NAMESPACE_DISABLED",
            "namespace0.2 fsdax unusable, no bytes, align 2097152, nodes 0 0: DRIVER_NOT_BOUND",
            "namespace0.4 devdax unusable, no bytes, align 2097152, nodes 0 0: DRIVER_NOT_BOUND",
            "namespace0.6 raw unusable, 0 bytes, align -, nodes 0 0: SEED_NAMESPACE",
            "namespace0.1 devdax unusable, no bytes, align 2097152, nodes 0 0: NDCTL_INVALID_TEXT DRIVER_NOT_BOUND",
            "namespace0.3 devdax unusable, no bytes, align 4096, nodes 0 0: DRIVER_NOT_BOUND",
            "namespace0.5 fsdax unusable, no bytes, align 2097152, nodes 0 0: DRIVER_NOT_BOUND",
            "namespace0.0 fsdax unusable, no bytes, align 2097152, nodes 0 0: DRIVER_NOT_BOUND",
            "namespace2.0 raw unusable, 0 bytes, align -, nodes 0 0: SEED_NAMESPACE",
        ]),
        new("linux72-e820-list-N-v", "ndctl 85, Linux 7.2", [], [
            "namespace1.0 fsdax usable, 402653184 bytes, align -, nodes 0 0",
            "namespace3.0 fsdax usable, 134217728 bytes, align -, nodes 0 0",
            "namespace0.0 fsdax usable, 268435456 bytes, align -, nodes 0 0",
            "namespace2.0 fsdax usable, 136314880 bytes, align -, nodes 0 0",
        ]),
        new("linux72-virtio-pmem-list-N-v", "ndctl 85, Linux 7.2", [], [
            "namespace1.0 fsdax usable, 807403520 bytes, align -, nodes 0 0",
            "namespace0.0 fsdax usable, 526385152 bytes, align 4096, nodes 0 0",
            "namespace2.0 fsdax usable, 394264576 bytes, align 2097152, nodes 0 0",
        ]),
        new("ndctl-63-devdax-align-only-in-daxregion", "ndctl v63, util/json.c", [], [
            "namespace0.0 devdax usable, 4292870144 bytes, align 2097152, nodes 0 -",
        ]),
        new("ndctl-64.1-fsdax-with-supported-alignments", "ndctl v64.1, util/json.c", [], [
            "namespace1.0 fsdax usable, 3183575302144 bytes, align 2097152, nodes 0 -",
        ]),
    ];

    /// <summary>What the parser makes of a file.</summary>
    public static NdctlListing Parse(string file) => NdctlParser.Parse(All.Single(field => field.File == file).Bytes);
}
