using Newtonsoft.Json.Linq;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Lab.Tests;

/// <summary>
/// Guests that play the host make namespaces in every mode and several sizes with the real ndctl. What our parser and our tool make of the
/// listings is compared with the kernel's own figures, and the listings with the captures in <c>tests/TestData/ndctl</c>.
/// </summary>
[Category("host")]
public sealed class HostTests
{
    private static readonly string[] Numa =
    [
        "-machine", "q35,nvdimm=on", "-m", "2G,slots=16,maxmem=64G", "-smp", "2",
        "-object", "memory-backend-ram,id=ram0,size=1G", "-object", "memory-backend-ram,id=ram1,size=1G",
        "-numa", "node,nodeid=0,cpus=0,memdev=ram0", "-numa", "node,nodeid=1,cpus=1,memdev=ram1",
    ];

    [SetUp]
    public void Require() => LabGuest.X86.Require();

    [Test]
    public void Host_EveryMode()
    {
        using var folder = new LabFolder();
        string[] nodes = ["-numa", "node,nodeid=2", "-numa", "dist,src=0,dst=1,val=21", "-numa", "dist,src=0,dst=2,val=17", "-numa", "dist,src=1,dst=2,val=28"];
        string[] nvdimms =
        [
            .. LabQemu.Nvdimm(folder, 0, 1024, 256, 0), .. LabQemu.Nvdimm(folder, 1, 1024, 128, 1), .. LabQemu.Nvdimm(folder, 2, 6144, 2048, 0, alignMiB: 1024),
            .. LabQemu.Nvdimm(folder, 3, 512, 0, 1), .. LabQemu.Nvdimm(folder, 4, 512, 0, 0), .. LabQemu.Nvdimm(folder, 5, 512, 128, 1),
            .. LabQemu.Nvdimm(folder, 6, 512, 128, 0), .. LabQemu.Nvdimm(folder, 7, 512, 128, 2),
        ];
        var result = LabQemu.Boot(folder, HostScripts.Main, [.. Numa, .. nodes, .. nvdimms]);
        AssertKernelAgrees(result, folder, "main-02-all-modes", devices: 19);
        AssertKernelAgrees(result, folder, "main-03-some-disabled", devices: 15);
        AssertCaptures(result, "main-00-fresh", "main-01-labels-initialised", "main-02-all-modes", "main-03-some-disabled");
    }

    [Test]
    public void Host_WithoutNuma_WithADimmThatIsReadOnly()
    {
        using var folder = new LabFolder();
        var result = LabQemu.Boot(
            folder,
            HostScripts.NoNuma,
            [
                "-machine", "q35,nvdimm=on", "-m", "2G,slots=16,maxmem=64G",
                .. LabQemu.Nvdimm(folder, 0, 1024, 128, null), .. LabQemu.Nvdimm(folder, 1, 256, 0, null), .. LabQemu.Nvdimm(folder, 2, 256, 0, null, isReadOnly: true),
            ]);
        AssertKernelAgrees(result, folder, "nonuma", devices: 6);
        AssertCaptures(result, "nonuma");
    }

    [TestCase("fsdax")]
    [TestCase("devdax")]
    public void Host_OneNamespace(string mode)
    {
        using var folder = new LabFolder();
        var result = LabQemu.Boot(folder, HostScripts.Single(mode), [.. Numa, .. LabQemu.Nvdimm(folder, 0, 512, 128, 1)]);
        AssertKernelAgrees(result, folder, $"single-{mode}", devices: 1);
        AssertCaptures(result, $"single-{mode}");
    }

    [Test]
    public void Host_WithoutNvdimms()
    {
        using var folder = new LabFolder();
        var result = LabQemu.Boot(folder, HostScripts.None, [.. Numa]);
        AssertCaptures(result, "none-no-modules", "none-modules-loaded");
    }

    /// <summary>Every active device of the listing: its figures, as the parser and the tool have them, are the kernel's.</summary>
    private static void AssertKernelAgrees(GuestResult result, LabFolder folder, string state, int devices)
    {
        var kernel = KernelDevices.Read(result.Text($"{state}/sysfs.txt"));
        var listing = NdctlParser.Parse(result.Files[$"{state}/list-N-v.json"]);
        Assert.That((listing.IsComplete, listing.Devices.Count), Is.EqualTo((true, devices)), state);
        Assert.That(listing.Devices.Select(device => device.Path), Is.EquivalentTo(kernel.Paths), state);
        using (Assert.EnterMultipleScope())
        {
            foreach (var device in listing.Devices)
            {
                var path = device.Path!;
                Assert.That(device.Size?.Bytes, Is.EqualTo(kernel.Figure(path, "bytes_sysfs", "size")), $"size of {path}");
                Assert.That(device.SectorSize?.Bytes, Is.EqualTo(kernel.Figure(path, "logical_block_size")), $"sector size of {path}");
                Assert.That(device.NumaNode, Is.EqualTo(kernel.Figure(path, "numa_node")), $"node of {path}");
                if (device.Mode is NamespaceMode.Devdax or NamespaceMode.Fsdax)
                {
                    Assert.That(device.Align?.Bytes, Is.EqualTo(kernel.Figure(path, "align")), $"alignment of {path}");
                }

                if (device.IsDevdax)
                {
                    Assert.That(device.TargetNode, Is.EqualTo(kernel.Figure(path, "target_node")), $"target node of {path}");
                }
            }

            var file = folder.PathOf($"{state}.json");
            File.WriteAllBytes(file, result.Files[$"{state}/list-N-v.json"]);
            var (exitCode, output, error) = RealProgram.Run("dotnet", Path.Combine(TestContext.CurrentContext.TestDirectory, "Nvdimm.Cli.dll"), "list", "--ndctl", file, "--format", "json");
            Assert.That((exitCode, error), Is.EqualTo((0, "")), state);
            Assert.That(
                JObject.Parse(output)["devices"]!.Select(device => ((string?)device["path"], (long?)device["size"])),
                Is.EquivalentTo(kernel.Paths.Select(path => ((string?)path, kernel.Figure(path, "bytes_sysfs", "size")))),
                "nvdimm list");
        }
    }

    /// <summary>
    /// The listings are those of the captures. Where one is not, all of its state are rewritten under NVDIMM_UPDATE_GOLDEN=1, and then the
    /// test still fails.
    /// </summary>
    private static void AssertCaptures(GuestResult result, params string[] states)
    {
        foreach (var state in states)
        {
            var captured = TestFiles.PathOf("ndctl", state);
            var files = result.Files.Where(file => Path.GetDirectoryName(file.Key) == state).ToDictionary(file => Path.GetFileName(file.Key), file => file.Value, StringComparer.Ordinal);
            var old = Directory.EnumerateFiles(captured).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes, StringComparer.Ordinal);
            var (expected, actual) = (ComparableListings.Of(old), ComparableListings.Of(files));
            Assert.That(actual, Is.Not.Empty, state);
            var differing = actual.Where(listing => expected.GetValueOrDefault(listing.Key) != listing.Value).ToList();
            if (differing.Count > 0 && Environment.GetEnvironmentVariable("NVDIMM_UPDATE_GOLDEN") == "1")
            {
                foreach (var (name, bytes) in files)
                {
                    File.WriteAllBytes(Path.Combine(captured, name), bytes);
                }

                Assert.Fail($"Rewrote {captured}; review it and run without --update");
            }

            using (Assert.EnterMultipleScope())
            {
                foreach (var (name, listing) in differing)
                {
                    Assert.That(listing, Is.EqualTo(expected.GetValueOrDefault(name)), $"{state}/{name} differs from the capture; build/lab.sh host --update rewrites it");
                }
            }
        }
    }
}
