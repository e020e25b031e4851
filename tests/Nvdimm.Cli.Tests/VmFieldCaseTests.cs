using Newtonsoft.Json.Linq;

namespace Nvdimm.Cli.Tests;

/// <summary>The VM files of the field through <c>plan --vm</c>, each with a listing of the field.</summary>
public sealed class VmFieldCaseTests
{
    /// <summary>VM, listing, device, the codes at the attachment and at the start ("!" refuses), guest node and target, backend and guest size, why.</summary>
    private static readonly string[][] Rows =
    [
        [
            "vm-has-ns00", "L01b-supported_alignments-two-one-with-numa", "namespace0.0",
            "NVDIMM_IDENTITY_CHANGED! NVDIMM_ALREADY_ATTACHED NVDIMM_PERSISTENCE_NOT_GUARANTEED",
            "NVDIMM_IDENTITY_CHANGED! NVDIMM_PERSISTENCE_NOT_GUARANTEED",
            "0 3183376203776 3183376203776 3183376072704", "the VM had another namespace under this name"
        ],
        [
            "vm-has-ns00", "L01b-supported_alignments-two-one-with-numa", "namespace1.0",
            "NVDIMM_PERSISTENCE_NOT_GUARANTEED",
            "NVDIMM_IDENTITY_CHANGED! NVDIMM_PERSISTENCE_NOT_GUARANTEED NVDIMM_PERSISTENCE_NOT_GUARANTEED",
            "0 3183376203776 3183376203776 3183376072704", "another device may be attached, and the VM does not start with the one that it has"
        ],
        [
            "vm-has-ns00", "L16-ppc2019-fallthrough-fsdax-rawuuid", "namespace0.0",
            "NVDIMM_IDENTITY_CHANGED! NVDIMM_UNUSABLE! NVDIMM_ALREADY_ATTACHED NVDIMM_SIZE_REFUSED! NVDIMM_PERSISTENCE_NOT_GUARANTEED",
            "NVDIMM_IDENTITY_CHANGED! NVDIMM_UNUSABLE! NVDIMM_SIZE_REFUSED! NVDIMM_PERSISTENCE_NOT_GUARANTEED",
            "0 10737549312 10737549312 ", "P6: POWER, a raw area offered as fsdax"
        ],
        [
            "vm-has-ns00", "L17-papr-numa3-target4-no-region-align", "namespace0.0",
            "NVDIMM_IDENTITY_CHANGED! NVDIMM_ALREADY_ATTACHED NVDIMM_SIZE_REFUSED! NVDIMM_DEVDAX_SELINUX NVDIMM_NUMA_MISMATCH",
            "NVDIMM_IDENTITY_CHANGED! NVDIMM_SIZE_REFUSED! NVDIMM_DEVDAX_SELINUX NVDIMM_NUMA_MISMATCH",
            "0 805437440 805437440 ", "L17: host node 3, which no guest node is pinned to"
        ],
        [
            "vm-nova-two-vpmem", "L35-nova-doc-ndctl62-devdax-align-only-in-daxregion", "namespace1.0",
            "ACTION_TYPE_FAILED_VM_STATUS_ILLEGAL! ACTION_TYPE_FAILED_VM_NOT_PINNED_TO_HOST! NVDIMM_IDENTITY_CHANGED! "
                + "NVDIMM_ALREADY_ATTACHED NVDIMM_ATTACHED_UNDER_FORMER_NAME! NVDIMM_DEVDAX_SELINUX NVDIMM_NUMA_MISMATCH",
            "ACTION_TYPE_FAILED_VM_NOT_PINNED_TO_HOST! ACTION_TYPE_FAILED_HOST_DEVICE_NOT_AVAILABLE! "
                + "NVDIMM_IDENTITY_CHANGED! NVDIMM_DEVDAX_SELINUX NVDIMM_NUMA_MISMATCH",
            "0 32080134144 32080134144 32078036992", "L35: the alignment is the dax region's; the VM may migrate, and one of its two devices is not here"
        ],
        [
            "vm-famfs-shared", "L35-nova-doc-ndctl62-devdax-align-only-in-daxregion", "namespace1.0",
            "NVDIMM_USED_BY_OTHER_VM! NVDIMM_DEVDAX_SELINUX NVDIMM_NUMA_MISMATCH",
            "ACTION_TYPE_FAILED_HOST_DEVICE_NOT_AVAILABLE! ACTION_TYPE_FAILED_HOST_DEVICE_ALREADY_IN_USE! "
                + "NVDIMM_USED_BY_OTHER_VM! NVDIMM_DEVDAX_SELINUX NVDIMM_NUMA_MISMATCH",
            "0 32080134144 32080134144 32078036992", "shared on purpose: refused without a recorded permission"
        ],
        [
            "vm-two-nodes", "L02-ndctl211-both-numa0-target-2-3", "namespace0.0",
            "NVDIMM_PERSISTENCE_NOT_GUARANTEED",
            "NVDIMM_PERSISTENCE_NOT_GUARANTEED",
            "0 1065153986560 1065153986560 1065151889408", "L02: host node 0, target node 2"
        ],
        [
            "vm-two-nodes", "L02-ndctl211-both-numa0-target-2-3", "namespace1.0",
            "NVDIMM_PERSISTENCE_NOT_GUARANTEED",
            "NVDIMM_PERSISTENCE_NOT_GUARANTEED",
            "0 1065153986560 1065153986560 1065151889408", "L02: host node 0, target node 3"
        ],
        [
            "vm-two-nodes", "L02b-ndctl235-swapped", "namespace0.0",
            "NVDIMM_HOTPLUG_MISALIGNED NVDIMM_PERSISTENCE_NOT_GUARANTEED",
            "NVDIMM_HOTPLUG_MISALIGNED NVDIMM_PERSISTENCE_NOT_GUARANTEED",
            "1 532443824128 532443824128 532441726976", "A4: 64 GiB of RAM make the block 2 GiB; host node 1 is guest node 1"
        ],
        [
            "vm-two-nodes", "L35-nova-doc-ndctl62-devdax-align-only-in-daxregion", "namespace1.0",
            "NVDIMM_HOTPLUG_MISALIGNED NVDIMM_DEVDAX_SELINUX",
            "NVDIMM_HOTPLUG_MISALIGNED NVDIMM_DEVDAX_SELINUX",
            "1 32080134144 32080134144 32078036992", "L35: host node 1 is guest node 1"
        ],
    ];

    [Test]
    public void Rows_HaveEveryFile() => Assert.That(
        Rows.Select(row => row[0]).Distinct(),
        Is.EquivalentTo(Directory.GetFiles(TestFiles.PathOf("vm"), "vm-*.json").Select(Path.GetFileNameWithoutExtension)));

    [TestCaseSource(nameof(Rows))]
    public async Task Plan(string vm, string listing, string device, string attach, string start, string figures, string why)
    {
        var (file, vmFile) = (TestFiles.PathOf("field", "ndctl", $"{listing}.json"), TestFiles.PathOf("vm", $"{vm}.json"));
        var run = await ToolRun.Of("plan", "--ndctl", file, "--vm", vmFile, "--device", device, "--json");
        var plan = run.Json;
        Assert.That(
            (Said(plan["attach"]!), Said(plan["start"]!), Figures(plan)),
            Is.EqualTo((attach, start, figures)),
            $"{why}: {run.Output}{run.Error}");
        run.AssertStatus((attach + start).Contains('!', StringComparison.Ordinal) ? ExitStatus.Refused : ExitStatus.Good);

        static string Said(JToken verdict) => string.Join(
            ' ', verdict["violations"]!.Select(finding => $"{finding["code"]}{((string?)finding["severity"] == "error" ? "!" : "")}"));
    }

    private static string Figures(JObject plan) => string.Join(
        ' ', plan["devices"]!.Select(device => $"{device["guestNode"]} {device["targetSize"]} {device["backendSize"]} {device["guestSize"]}"));
}
