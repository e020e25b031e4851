using System.Globalization;
using System.Text;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Tests.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Conformance;

/// <summary>The installed libvirt, asked about the domains whose refusals are predicted.</summary>
public sealed class DomainRefusalsWithLibvirtTests
{
    /// <summary>What stands before the number of a domain in virsh's output, and nowhere else in it. virsh begins each error so.</summary>
    private const string Mark = "error: domain number ";

    /// <summary>Refusals by QEMU, which libvirt does not make, or not each time.</summary>
    private static readonly string[] OfQemu =
    [
        NvdimmCodes.XmlAddressMisaligned, NvdimmCodes.XmlAddressOverlap, NvdimmCodes.XmlAlignSize, NvdimmCodes.XmlMaxMemory,
        NvdimmCodes.DeviceTooSmall, NvdimmCodes.AlignBelowPage, NvdimmCodes.AlignNotPowerOfTwo,
    ];

    private string connection = "";

    private static IEnumerable<RefusalRow> Rows => RefusalRows.All;

    [OneTimeSetUp]
    public void FindLibvirt()
    {
        connection = TestHypervisor.Connection();
        var (_, version, _) = RealProgram.Run("virsh", "--connect", connection, "version");
        if (!version.Contains("Using library: libvirt 9.0.", StringComparison.Ordinal))
        {
            Assert.Ignore("The rows are what libvirt 9.0 says, not: " + version.Split('\n')[0]);
        }
    }

    [TestCaseSource(nameof(Rows))]
    public void Libvirt_SaysWhatTheRowHas(RefusalRow row)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "domain.xml");
        File.WriteAllText(file, row.Xml);
        var (exitCode, output, error) = RealProgram.Run("virsh", "--connect", connection, "domxml-to-native", "qemu-argv", "--xml", file);
        Assert.That(exitCode == 0, Is.EqualTo(row.Libvirt is null), error + output);
        Assert.That(error, row.Libvirt is { } said ? Does.Contain(said) : Is.Empty);
    }

    /// <summary>
    /// libvirt refuses a random domain if and only if it is predicted, by its text or by the sizes of its NVDIMMs. QEMU, which refuses more,
    /// is not asked here. NVDIMM_RANDOM_DOMAINS and NVDIMM_RANDOM_DOMAINS_SEED set their number and the first seed.
    /// </summary>
    [Test]
    public void Libvirt_RefusesOfRandomDomains_WhatIsPredicted()
    {
        var seed = Setting("NVDIMM_RANDOM_DOMAINS_SEED") ?? (ulong)DateTime.UtcNow.Ticks;
        var count = (int)(Setting("NVDIMM_RANDOM_DOMAINS") ?? 1000);
        var domains = Enumerable.Range(0, count).Select(number => RandomDomain.Of(seed + (ulong)number)).ToList();
        using var folder = new TemporaryFolder();
        var refusals = Refusals(folder, domains);
        var wrong = domains.Zip(refusals)
            .Select((domain, number) => (Seed: seed + (ulong)number, Xml: domain.First, Said: domain.Second, Codes: Predicted(domain.First)))
            .Where(domain => domain.Said.Length > 0 ? domain.Codes.Count == 0 : domain.Codes.Except(OfQemu).Any())
            .Select(domain => $"seed {domain.Seed}: libvirt '{domain.Said}', predicted '{string.Join(", ", domain.Codes)}': {domain.Xml}");
        Assert.That(wrong.Take(5), Is.Empty, $"of {domains.Count} domains from seed {seed}");
        Assert.That(refusals.Count(said => said.Length == 0), Is.InRange(domains.Count / 10, domains.Count * 9 / 10), "both kinds are reached");
    }

    private static ulong? Setting(string name) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>What libvirt says of each domain; empty where it accepts it. One virsh asks for all.</summary>
    private string[] Refusals(TemporaryFolder folder, List<string> domains)
    {
        var commands = new StringBuilder();
        foreach (var (number, xml) in domains.Index())
        {
            File.WriteAllText(folder.PathOf($"{number}.xml"), xml);
            commands.AppendLine(CultureInfo.InvariantCulture, $"echo --err domain number {number}.; domxml-to-native qemu-argv --xml {folder.PathOf($"{number}.xml")}");
        }

        var script = folder.PathOf("commands");
        File.WriteAllText(script, commands.ToString());
        var (_, _, said) = RealProgram.Run(
            TimeSpan.FromMinutes(5), "sh", "-c", "virsh --quiet --connect \"$1\" <\"$2\"", "sh", connection, script);
        return [.. domains.Select((_, number) => Error(said, number))];
    }

    private static string Error(string said, int number)
    {
        var mark = $"{Mark}{number}.";
        var start = said.IndexOf(mark, StringComparison.Ordinal);
        Assert.That(start, Is.GreaterThanOrEqualTo(0), $"virsh says nothing of domain {number}: {said[^Math.Min(500, said.Length)..]}");
        var next = said.IndexOf(Mark, start + mark.Length, StringComparison.Ordinal);
        return said[(start + mark.Length)..(next < 0 ? said.Length : next)].Trim();
    }

    /// <summary>The codes of the predicted refusals.</summary>
    private static List<string> Predicted(string xml)
    {
        var ofText = DomainRefusals.Check(xml, LibvirtProfile.For(new Version(9, 0)));
        var guest = DomainGuest.Read(xml).Guest;
        var ofSizes = DomainNvdimms.Read(xml).Elements
            .Select(element => AskedNvdimm.Of(element, Device(element), guest?.Architecture ?? GuestArchitecture.X86_64, ByteSize.Zero))
            .SelectMany(asked => asked!.Sizing.Findings);
        return [.. ofText.Concat(ofSizes).Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Code).Distinct()];
    }

    private static NvdimmDevice Device(NvdimmElement element) => Samples.Device() with { Path = element.Path, Size = ByteSize.FromGiB(64) };
}
