using System.Globalization;
using System.Text.RegularExpressions;
using NSubstitute;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Hook.Tests;

namespace Nvdimm.Cli.Tests;

/// <summary>The domains of the field through <c>layout check --domain-xml</c>: the tool says of each what the hook says at its start.</summary>
public sealed class FieldDomainTests
{
    private const long GiB = 1L << 30;

    /// <summary>What the hook says by other rules than those of the start decision and of the domain, and what the tool has no policy for.</summary>
    private static readonly string[] Beside =
    [
        NvdimmCodes.PersistenceNotGuaranteed, NvdimmCodes.HypervisorNotVerified, NvdimmCodes.HotPlugMisaligned, NvdimmCodes.NoStableIdentity,
        NvdimmCodes.HookDomainCorrected, EngineCodes.HostDeviceNotAvailable,
    ];

    private TemporaryFolder folder = null!;

    /// <summary>Those with a device of the listing; one of X04's is a file, which no listing has.</summary>
    private static IEnumerable<string[]> Rows => FieldStarts.Rows
        .Where(row => row[0] != "X04-i440fx-two-without-label" && Numbers(TestFiles.Text("field-domains", row[0] + ".xml")).Length > 0);

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        folder.Write("proc/self/mountinfo", "");
        folder.Write("proc/swaps", "Filename Type Size Used Priority\n");
    }

    [TearDown]
    public void TearDown() => folder.Dispose();

    [TestCaseSource(nameof(Rows))]
    public async Task Check_SaysWhatTheHookSays(string name, string errors, string warnings, string layouts, string why)
    {
        var run = await Check(TestFiles.Text("field-domains", name + ".xml"), name == "tp-invalid-bigger-target" ? GiB / 2 : 16 * GiB);
        var right = $"{errors} {warnings}".Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(Codes(run).Except(Beside), Is.EquivalentTo(right.Except(Beside).Distinct()), $"{why}: {run.Output}");
        run.AssertStatus(errors.Length == 0 ? ExitStatus.Good : ExitStatus.Refused);
        if (errors.Length == 0)
        {
            var sizes = run.Json["devices"]!.Select(device => $"{device["backendSize"]} {device["alignSize"]} {device["guestSize"]}");
            Assert.That(sizes, Is.EqualTo(layouts.Split(" | ").Select(WithoutLabel)));
        }
    }

    [TestCase("X16-qemu-commandline-nvdimm", "mem-path=/dev/pmem0", "mem-path=/dev/disk/by-id/pmem-0", NvdimmCodes.XmlArgument)]
    [TestCase("X16-qemu-commandline-nvdimm", "mem-path=/dev/pmem0", "mem-path=//dev/./pmem0", NvdimmCodes.XmlArgument)]
    [TestCase("X16-qemu-commandline-nvdimm", "mem-path=/dev/pmem0", "mem-path=/dev/pmem9", null)]
    [TestCase("golden-virtio-pmem-same-path", "/dev/pmem1", "/dev/pmem0", NvdimmCodes.XmlDeviceTwice)]
    [TestCase("golden-virtio-pmem-same-path", "/dev/pmem1", "/dev/disk/by-id/pmem-0", NvdimmCodes.XmlDeviceTwice)]
    public async Task Check_OfAVariant(string name, string old, string now, string? code)
    {
        var text = TestFiles.Text("field-domains", name + ".xml");
        Assert.That(text, Does.Contain(old));
        Directory.CreateDirectory(folder.PathOf("dev", "disk", "by-id"));
        File.CreateSymbolicLink(folder.PathOf("dev", "disk", "by-id", "pmem-0"), folder.PathOf("dev", "pmem0"));
        var run = await Check(text.Replace(old, now, StringComparison.Ordinal), 16 * GiB, 0);
        Assert.That(Codes(run).Except(Beside), code is null ? Is.Empty : Does.Contain(code), run.Output);
        run.AssertStatus(code is null ? ExitStatus.Good : ExitStatus.Refused);
    }

    /// <summary>The device was an NVDIMM with labels: as virtio-pmem its guest would overwrite them, and no kept layout can be written.</summary>
    [Test]
    public async Task Check_OfVirtioPmem_OnADeviceWithLabels_IsRefused()
    {
        Make(0, GiB);
        await using (var device = File.OpenWrite(folder.PathOf("dev", "pmem0")))
        {
            device.Position = TestHost.OffsetOf1026;
            await device.WriteAsync(TestHost.Labels);
        }

        var run = await Check(TestFiles.Text("field-domains", "X18-virtio-pmem-on-host-pmem.xml"), GiB);
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(Codes(run), Does.Contain(NvdimmCodes.LayoutMoved));
        Assert.That((string?)run.Json["devices"]![0]!["guard"]!["keptFrom"], Is.Null);
    }

    [Test]
    public async Task Check_ForPeople_NamesTheArgument()
    {
        var run = await Check(TestFiles.Text("field-domains", "X16-qemu-commandline-nvdimm.xml"), 16 * GiB, asJson: false);
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(run.Output, Does.StartWith("error   NVDIMM_XML_ARGUMENT: ").And.Contain("QEMU argument 'mem-path="));
    }

    /// <summary>The argument has another device than the one that is planned: the VM starts with neither.</summary>
    [Test]
    public async Task Plan_BesideAnArgument_IsRefused()
    {
        var run = await Run(TestFiles.Text("field-domains", "X16-qemu-commandline-nvdimm.xml"), 16 * GiB, ["plan", "--device", "namespace1.0", "--json"]);
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(ToolRun.Codes(run.Json["issues"]), Does.Contain(NvdimmCodes.XmlArgument), run.Output);
    }

    private Task<ToolRun> Check(string domain, long size, params int[] numbers) => Check(domain, size, asJson: true, numbers);

    private Task<ToolRun> Check(string domain, long size, bool asJson, params int[] numbers) => Run(
        domain,
        size,
        [
            "layout", "check", "--keep-layout", .. asJson ? ["--json"] : Array.Empty<string>(),
            .. (numbers.Length > 0 ? numbers : Numbers(domain)).SelectMany(number => new[] { "--device", $"namespace{number}.0" }),
        ]);

    private Task<ToolRun> Run(string domain, long size, string[] arguments)
    {
        var runner = Substitute.For<INdctlRunner>();
        var devices = new[] { 0, 1, 2 }.Select(number => Make(number, number == 0 ? size : 16 * GiB)).ToValueList();
        runner.ListAsync(Arg.Any<CancellationToken>())
            .Returns(_ => Task.FromResult(new NdctlListing
            {
                Devices = devices,
                Findings = [],
                Shape = NdctlListingShape.Namespaces,
                IsComplete = true,
            }));
        var file = folder.Write("vm.xml", domain.Replace("/dev/", $"{folder.PathOf("dev")}/", StringComparison.Ordinal));
        return ToolRun.With("", runner, [.. arguments, "--domain-xml", file, "--state-folder", folder.PathOf("state")], root: folder.Path);
    }

    private NvdimmDevice Make(int number, long size)
    {
        var (uuid, raw) = (new Guid($"1000000{number}-82b6-40ad-8962-6f0412bab47d"), new Guid($"0000000{number}-82b6-40ad-8962-6f0412bab47d"));
        folder.Write($"sys/block/pmem{number}/dev", $"259:{number}\n");
        folder.Write($"sys/block/pmem{number}/ro", "0\n");
        folder.Write($"sys/block/pmem{number}/device/uuid", $"{uuid}\n");
        Directory.CreateDirectory(folder.PathOf("sys", "block", $"pmem{number}", "holders"));
        Directory.CreateDirectory(folder.PathOf("dev"));
        using var file = File.OpenWrite(folder.PathOf("dev", $"pmem{number}"));
        file.SetLength(size);
        return new NvdimmDevice
        {
            Name = $"namespace{number}.0",
            Uuid = uuid,
            RawUuid = raw,
            Path = file.Name,
            Mode = NamespaceMode.Fsdax,
            Size = ByteSize.FromBytes(size),
            Align = Alignment.FromMiB(2),
            NumaNode = 0,
        };
    }

    private static string WithoutLabel(string layout) => layout.Split(' ') is [var backend, var align, _, var guest] ? $"{backend} {align} {guest}" : layout;

    /// <summary>The devices of the host that a domain names.</summary>
    private static int[] Numbers(string domain) =>
    [
        .. Regex.Matches(domain, "/dev/pmem(?<number>[0-2])\\b", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)).Distinct(),
    ];

    private static IEnumerable<string> Codes(ToolRun run) => ToolRun.Codes(run.Json["findings"])
        .Concat(run.Json["devices"]!.SelectMany(device => ToolRun.Codes(device["guard"]!["findings"]))).Distinct(StringComparer.Ordinal);
}
