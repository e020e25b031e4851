using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Tests.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Conformance;

/// <summary>
/// The installed libvirt, asked about the domains whose refusals are predicted, and that of each root which <c>build/hypervisors.sh</c> has made.
/// </summary>
public sealed class DomainRefusalsWithLibvirtTests
{
    /// <summary>What stands before the number of a domain in virsh's output, and nowhere else in it. virsh begins each error so.</summary>
    private const string Mark = "error: domain number ";

    /// <summary>Refusals by QEMU, which libvirt does not make, or not each time.</summary>
    private static readonly string[] OfQemu =
    [
        NvdimmCodes.XmlAddressMisaligned, NvdimmCodes.XmlAddressOverlap, NvdimmCodes.XmlAlignSize, NvdimmCodes.XmlMaxMemory,
        NvdimmCodes.DeviceTooSmall, NvdimmCodes.LargerThanDevice, NvdimmCodes.AlignBelowPage, NvdimmCodes.AlignNotPowerOfTwo,
    ];

    private const string Installed = "installed";

    private static readonly Lazy<(string Connection, Version Version)> InstalledLibvirt = new(() =>
    {
        var connection = TestHypervisor.Connection();
        var (_, output, error) = RealProgram.Run("virsh", "--connect", connection, "version");
        return (connection, VersionIn(output, error));
    });

    private static IEnumerable<RefusalRow> Rows => RefusalRows.All;

    /// <summary>The installed libvirt, and the roots of other releases, which only root can enter.</summary>
    private static IEnumerable<string> Libvirts =>
        [Installed, .. Environment.IsPrivilegedProcess && Directory.Exists(Roots) ? new DirectoryInfo(Roots).GetDirectories().Select(root => root.Name).Where(IsComplete) : []];

    private static string Roots =>
        Environment.GetEnvironmentVariable("NVDIMM_HYPERVISORS") ?? Path.Combine(TestFiles.RepositoryRoot, "artifacts", "hypervisors");

    [TestCaseSource(nameof(Rows))]
    public void Libvirt_SaysWhatTheRowHas(RefusalRow row)
    {
        var (connection, version) = InstalledLibvirt.Value;
        if (version is not { Major: 9, Minor: 0 })
        {
            Assert.Ignore($"The rows are what libvirt 9.0 says, not {version}");
        }

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
    [TestCaseSource(nameof(Libvirts))]
    public void Libvirt_RefusesOfRandomDomains_WhatIsPredicted(string release)
    {
        var seed = Setting("NVDIMM_RANDOM_DOMAINS_SEED") ?? (ulong)DateTime.UtcNow.Ticks;
        var count = (int)(Setting("NVDIMM_RANDOM_DOMAINS") ?? 1000);
        var domains = Enumerable.Range(0, count).Select(number => RandomDomain.Of(seed + (ulong)number)).ToList();
        using var folder = new TemporaryFolder();
        var (libvirt, refusals) = Refusals(folder, domains, release);
        var wrong = domains.Zip(refusals)
            .Select((domain, number) => (Seed: seed + (ulong)number, Xml: domain.First, Said: domain.Second, Codes: Predicted(domain.First, libvirt)))
            .Where(domain => domain.Said.Length > 0 ? domain.Codes.Count == 0 : domain.Codes.Except(OfQemu).Any())
            .Select(domain => $"seed {domain.Seed}: libvirt '{domain.Said}', predicted '{string.Join(", ", domain.Codes)}': {domain.Xml}");
        Assert.That(wrong.Take(5), Is.Empty, $"of {domains.Count} domains from seed {seed}, libvirt {libvirt}");
        Assert.That(refusals.Count(said => said.Length == 0), Is.InRange(domains.Count / 10, domains.Count * 9 / 10), "both kinds are reached");
    }

    /// <summary>Whether the root with this name was made to the end.</summary>
    private static bool IsComplete(string root) => !root.EndsWith(".new", StringComparison.Ordinal);

    private static ulong? Setting(string name) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>
    /// The version of a libvirt, and what it says of each domain; empty where it accepts it. One virsh asks for all, and keeps its history in its home.
    /// </summary>
    private static (Version Libvirt, string[] Refusals) Refusals(TemporaryFolder folder, List<string> domains, string release)
    {
        var commands = new StringBuilder("version\n");
        foreach (var (number, xml) in domains.Index())
        {
            File.WriteAllText(folder.PathOf($"{number}.xml"), xml);
            commands.AppendLine(CultureInfo.InvariantCulture, $"echo --err domain number {number}.; domxml-to-native qemu-argv --xml {number}.xml");
        }

        folder.Write("commands", commands.ToString());
        RealProgram.Require("virsh", "libvirt-clients");
        RealProgram.Require("unshare", "util-linux");
        string[] Ask(string place, string home) => ["sh", "-c", $"cd {place} && export HOME={home} && virsh --quiet --connect \"$2\" <commands", "sh"];
        string[] line = release == Installed
            ? [.. Ask(folder.Path, folder.Path), "--connect", InstalledLibvirt.Value.Connection]
            : ["unshare", "--mount", "--pid", "--fork", "--kill-child", "bash", "-c", InRoot, nameof(DomainRefusalsWithLibvirtTests),
                Path.Combine(Roots, release), "system", folder.Path, "", "", .. Ask("/run/nvdimm/tool", "/tmp")];
        var (_, output, said) = RealProgram.Run(TimeSpan.FromMinutes(5), line[0], line[1..]);
        return (VersionIn(output, said), [.. domains.Select((_, number) => Error(said, number))]);
    }

    /// <summary>The version of libvirt in what virsh says of its versions.</summary>
    private static Version VersionIn(string output, string error)
    {
        var version = Regex.Match(output, @"^Using library: libvirt (?<version>\d+\.\d+\.\d+)$", RegexOptions.Multiline, TimeSpan.FromSeconds(1));
        Assert.That(version.Success, Is.True, output + error);
        return Version.Parse(version.Groups["version"].Value);
    }

    /// <summary>
    /// The script with which <c>nvdimm verify --root</c> enters a root (<c>RootVerification</c>): it starts libvirt there, and then the program that it
    /// is given, with the connection.
    /// </summary>
    private static string InRoot => File.ReadAllText(Path.Combine(TestFiles.RepositoryRoot, "src", "Nvdimm.Cli", "Commands", "verify-root.sh"));

    private static string Error(string said, int number)
    {
        var mark = $"{Mark}{number}.";
        var start = said.IndexOf(mark, StringComparison.Ordinal);
        Assert.That(start, Is.GreaterThanOrEqualTo(0), $"virsh says nothing of domain {number}: {said[^Math.Min(500, said.Length)..]}");
        var next = said.IndexOf(Mark, start + mark.Length, StringComparison.Ordinal);
        return said[(start + mark.Length)..(next < 0 ? said.Length : next)].Trim();
    }

    /// <summary>The codes of the predicted refusals.</summary>
    private static List<string> Predicted(string xml, Version libvirt)
    {
        var ofText = DomainRefusals.Check(xml, LibvirtProfile.For(libvirt));
        var guest = DomainGuest.Read(xml).Guest;
        var ofSizes = DomainNvdimms.Read(xml).Elements
            .Select(element => AskedNvdimm.Of(element, Device(element), guest?.Architecture ?? GuestArchitecture.X86_64, ByteSize.Zero))
            .SelectMany(asked => asked!.Sizing.Findings);
        return [.. ofText.Concat(ofSizes).Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Code).Distinct()];
    }

    private static NvdimmDevice Device(NvdimmElement element) => Samples.Device() with { Path = element.Path, Size = ByteSize.FromGiB(64) };
}
