namespace Nvdimm.Cli.Tests;

/// <summary>The scripts in <c>build/</c>: asked for help or called wrongly, they change nothing.</summary>
public sealed class ScriptTests
{
    private static readonly string Build = Path.Combine(TestFiles.RepositoryRoot, "build");

    private TemporaryFolder copy = null!;

    private static string[] Scripts => [.. Directory.GetFiles(Build, "*.sh").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    [SetUp]
    public void Copy()
    {
        copy = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Build, "*", SearchOption.AllDirectories))
        {
            var to = copy.PathOf("build", Path.GetRelativePath(Build, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        // The names of the lab's scenarios are in its tests.
        var lab = Path.Combine("tests", "Nvdimm.Lab.Tests");
        Directory.CreateDirectory(copy.PathOf(lab));
        foreach (var file in Directory.GetFiles(Path.Combine(TestFiles.RepositoryRoot, lab), "*Tests.cs"))
        {
            File.Copy(file, copy.PathOf(lab, Path.GetFileName(file)));
        }

        // Whatever a script would run is here, notes that it ran, and fails. What prints text is the system's.
        foreach (var program in new[] { "dotnet", "git", "apt-get", "virsh", "libvirtd", "rm", "mkdir", "mktemp", "dpkg-deb", "rpmbuild", "python3", "truncate" })
        {
            copy.WriteScript($"bin/{program}", $"echo {program} >>'{copy.PathOf("ran")}'; exit 99");
        }
    }

    [TearDown]
    public void RemoveCopy() => copy.Dispose();

    [TestCaseSource(nameof(Scripts))]
    public void Help_IsPrintedAndNothingIsDone(string script)
    {
        foreach (var option in new[] { "--help", "-h" })
        {
            var (status, output, error) = Run(script, option);
            Assert.That((status, error), Is.EqualTo((0, "")));
            Assert.That(output.Split('\n')[0], Does.Match("^[A-Z].{20,}"), "what it does");
            Assert.That(output, Does.Not.Contain("set -e"));
        }

        AssertNothingIsDone();
    }

    [TestCaseSource(nameof(Scripts))]
    public void WrongArgument_Is2AndNothingIsDone(string script)
    {
        foreach (var arguments in new[] { new[] { "frobnicate" }, ["--frobnicate"] })
        {
            var (status, output, error) = Run(script, arguments);
            Assert.That((status, output), Is.EqualTo((2, "")), error);
            Assert.That(error, Does.Match($@"\A{script}: [^\n]+\. See 'build/{script} --help'\.\n\z"));
        }

        AssertNothingIsDone();
    }

    [TestCase("test.sh", "--fast", "host")]
    [TestCase("test.sh", "--fast", "--fast")]
    [TestCase("fuzz.sh", "--seed")]
    [TestCase("fuzz.sh", "--seed", "x")]
    [TestCase("package.sh", "--binaries", "/nowhere")]
    [TestCase("package.sh", "--output")]
    [TestCase("mutation.sh")]
    [TestCase("hook-bench-host.sh", "folder", "many", "/bin/true")]
    [TestCase("verify.sh", "--samples", "1", "frob")]
    public void OtherWrongArguments_Are2AndNothingIsDone(string script, params string[] arguments)
    {
        var (status, output, error) = Run(script, arguments);
        Assert.That((status, output), Is.EqualTo((2, "")), error);
        AssertNothingIsDone();
    }

    private (int Status, string Output, string Error) Run(string script, params string[] arguments) => RealProgram.Run(
        "/usr/bin/env", [$"PATH={copy.PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}", copy.PathOf("build", script), .. arguments]);

    private void AssertNothingIsDone()
    {
        Assert.That(File.Exists(copy.PathOf("ran")) ? File.ReadAllText(copy.PathOf("ran")) : "", Is.Empty);
        var expected = Directory.EnumerateFiles(Build, "*", SearchOption.AllDirectories).Select(file => $"build/{Path.GetRelativePath(Build, file)}");
        var there = Directory.EnumerateFiles(copy.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(copy.Path, file));
        Assert.That(there.Where(file => file.Split('/')[0] is not ("bin" or "tests")), Is.EquivalentTo(expected));
        Assert.That(Directory.Exists(copy.PathOf("artifacts")), Is.False);
    }
}
