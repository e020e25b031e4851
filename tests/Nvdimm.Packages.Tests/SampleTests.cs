using Nvdimm.Samples;

namespace Nvdimm.Packages.Tests;

/// <summary>Each program of src/Nvdimm.Samples runs, and does what its comment says.</summary>
public sealed class SampleTests
{
    private static readonly Dictionary<string, string[]> Expected = new()
    {
        ["size"] = ["namespace0.0: 136314880 bytes in <size>, 128 MiB for the guest", "is too small"],
        ["plan"] = ["<memory model=\"nvdimm\" access=\"shared\">", "<size unit=\"KiB\">395264</size>", "<maxMemory slots=\"16\">"],
        ["category"] = ["NVDIMM: namespace0.9", "Watchdog: watchdog0"],
        ["test"] = ["attached although the answer was lost: True", "a snapshot with memory is allowed: False"],
        ["observe"] = ["health: Healthy", "traces: nvdimm attach"],
        ["inventory"] = ["host1: 19 devices for VMs.", "its agent has not reported"],
    };

    private static IEnumerable<string> Names => SamplePrograms.All.Keys;

    [TestCaseSource(nameof(Names))]
    public async Task Sample_Does(string name)
    {
        using var output = new StringWriter();
        Assert.That(await SamplePrograms.RunAsync([name], output), Is.Zero);
        foreach (var part in Expected[name])
        {
            Assert.That(output.ToString(), Does.Contain(part));
        }
    }

    [TestCase]
    [TestCase("no-such-sample")]
    public async Task OtherName_ListsTheSamples(params string[] arguments)
    {
        using var output = new StringWriter();
        Assert.That(await SamplePrograms.RunAsync(arguments, output), Is.EqualTo(2));
        Assert.That(Names.Where(name => !output.ToString().Contains(name, StringComparison.Ordinal)), Is.Empty);
    }

    /// <summary>A sample is read in a minute.</summary>
    [Test]
    public void Samples_AreShort() => Assert.That(
        Directory.EnumerateFiles(Path.Combine(TestFiles.RepositoryRoot, "src", "Nvdimm.Samples"), "*.cs")
            .Where(file => File.ReadLines(file).Count() > 75).Select(Path.GetFileName),
        Is.Empty);
}
