namespace Nvdimm.Extensions.Host.Tests.Conformance;

/// <summary>The installed libvirt, asked about the domains whose refusals are predicted.</summary>
public sealed class DomainRefusalsWithLibvirtTests
{
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
}
