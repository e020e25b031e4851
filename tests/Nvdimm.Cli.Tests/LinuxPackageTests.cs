using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Nvdimm.Cli.Installation;

namespace Nvdimm.Cli.Tests;

/// <summary>The packages that <c>build/package.sh</c> has made of this commit.</summary>
public sealed partial class LinuxPackageTests
{
    // EL8 has glibc 2.28; Debian 11 has 2.31.
    private static readonly Version NewestGlibc = new(2, 28);

    private TemporaryFolder folder = null!;

    private string Root => folder.PathOf("root");

    [SetUp]
    public void CreateRoot()
    {
        folder = new TemporaryFolder();
        RealProgram.Require("rpmbuild", "rpm");
        RealProgram.Require("dpkg", "dpkg");
        LinuxPackages.Require();
    }

    [TearDown]
    public void RemoveRoot() => folder.Dispose();

    [Test]
    public void Deb_IsInstalledAndLeavesNothing()
    {
        folder.Write("root/var/lib/dpkg/status", "");
        Directory.CreateDirectory(folder.PathOf("root", "var", "lib", "dpkg", "updates"));
        Directory.CreateDirectory(folder.PathOf("root", "var", "lib", "dpkg", "info"));
        string[] dpkg = [$"--root={Root}", "--force-depends", "--force-script-chrootless", $"--log={folder.PathOf("log")}"];
        Good("dpkg", [.. dpkg, "--install", .. LinuxPackages.Files("*.deb")]);
        AssertInstalled();
        Good("dpkg", [.. dpkg, "--purge", "nvdimm-engine-service", "nvdimm", "vdsm-hook-nvdimm", "libvirt-hook-nvdimm"]);
        AssertGone("/var/lib/dpkg");
    }

    [Test]
    public void Rpm_IsInstalledAndLeavesNothing()
    {
        Directory.CreateDirectory(Root);
        Good("rpm", "--root", Root, "--dbpath", "/var/lib/rpm", "--initdb");
        Good("rpm", ["--root", Root, "--dbpath", "/var/lib/rpm", "--nodeps", "--install", .. LinuxPackages.Files("*.rpm")]);
        AssertInstalled();
        Good("rpm", "--root", Root, "--dbpath", "/var/lib/rpm", "--nodeps", "--erase", "nvdimm-engine-service", "nvdimm", "vdsm-hook-nvdimm", "libvirt-hook-nvdimm");
        AssertGone("/var/lib/rpm");
    }

    [TestCase("nvdimm-?.*.rpm", ExpectedResult = true)]
    [TestCase("nvdimm-engine-service-*.rpm", ExpectedResult = true)]
    [TestCase("libvirt-hook-*.rpm", ExpectedResult = false, Description = "The same program")]
    [TestCase("vdsm-hook-*.rpm", ExpectedResult = false, Description = "The hooks' program is linked statically")]
    public bool Rpm_NeedsNoNewerGlibcThanEl8Has(string package)
    {
        var requires = Good("rpm", "--query", "--package", "--requires", LinuxPackages.Files(package).Single());
        var needs = Glibc().Matches(requires).Select(match => Version.Parse(match.Groups["version"].ValueSpan)).ToArray();
        Assert.That(needs.Where(version => version > NewestGlibc), Is.Empty);
        return needs.Length > 0;
    }

    /// <summary>What the loader looks for when the program starts. A name that glibc has under a newer version only would be missing in src/Nvdimm.Cli/glibc.c.</summary>
    [TestCase("nvdimm")]
    [TestCase("nvdimm-engine-service")]
    public void Program_AsksForNoNewerGlibcThanEl8Has(string program)
    {
        RealProgram.Require("objdump", "binutils");
        var symbols = Good("objdump", "--dynamic-syms", Path.Combine(LinuxPackages.Folder, "bin", program)).Split('\n').Where(line => Glibc().IsMatch(line)).ToArray();
        Assert.That(symbols, Has.Length.GreaterThan(100));
        Assert.That(symbols.Where(line => Version.Parse(Glibc().Match(line).Groups["version"].ValueSpan) > NewestGlibc), Is.Empty);
    }

    /// <summary>The rpm of EL8 (4.14) unpacks xz; of zstd that is not known.</summary>
    [TestCase("nvdimm-?.*.rpm")]
    [TestCase("vdsm-hook-*.rpm")]
    public void Rpm_IsUnpackedByEl8(string package) =>
        Assert.That(Good("rpm", "--query", "--package", "--queryformat", "%{PAYLOADCOMPRESSOR} %{RELEASE}", LinuxPackages.Files(package).Single()), Is.EqualTo("xz 1.el8"));

    /// <summary>The device rules run setfacl; the program itself needs no library.</summary>
    [Test]
    public void HookDeb_DependsOnAclAlone() => Assert.That(Good("dpkg", "--field", LinuxPackages.Files("vdsm-hook-*.deb").Single()), Does.Contain("\nDepends: acl\n"));

    [Test]
    public void Packages_OfTheSameBinaries_AreTheSameBytes()
    {
        Good(TimeSpan.FromMinutes(10), Path.Combine(TestFiles.RepositoryRoot, "build", "package.sh"), "--binaries", Path.Combine(LinuxPackages.Folder, "bin"), "--output", folder.PathOf("again"));
        var again = Directory.GetFiles(folder.PathOf("again"));
        Assert.That(again.Select(Path.GetFileName), Is.EquivalentTo(LinuxPackages.Files("*.deb").Concat(LinuxPackages.Files("*.rpm")).Select(Path.GetFileName)));
        foreach (var package in again)
        {
            Assert.That(File.ReadAllBytes(package).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(LinuxPackages.Folder, Path.GetFileName(package)))), Is.True, package);
        }
    }

    [Test]
    public void Program_ServesThePointsThatAreLinked()
    {
        var help = Good(Path.Combine(LinuxPackages.Folder, "bin", HookProgram.Name), "--help").Split("POINT is one of:")[1].Split("Options:")[0];
        Assert.That(Point().Matches(help).Select(match => match.Value), Is.EquivalentTo(HookPoints.All));
    }

    private static string Good(string program, params string[] arguments) => Good(TimeSpan.FromMinutes(1), program, arguments);

    private static string Good(TimeSpan timeLimit, string program, params string[] arguments)
    {
        var (status, output, error) = RealProgram.Run(timeLimit, program, arguments);
        Assert.That(status, Is.Zero, $"{program} {string.Join(' ', arguments)}\n{output}\n{error}");
        return output;
    }

    /// <summary>The installed tool itself says how the hooks are there. The folder of the records comes with the host's services, which no folder has.</summary>
    private void AssertInstalled()
    {
        var (status, output, error) = RealProgram.Run(Root + "/usr/bin/nvdimm", "host", "status", "--root", Root, "--json");
        var run = new ToolRun(status, output, error);
        run.AssertStatus(ExitStatus.Refused);
        var missing = run.Json["parts"]!.Where(part => (string?)part["state"] != "present").Select(part => (string?)part["path"]);
        Assert.That(missing, Is.EqualTo(HookTree.StateFolders), output);
        foreach (var file in new[] { "man/man1/nvdimm.1.gz", "man/man1/nvdimm-layout.1.gz", "man/man8/nvdimm-hook.8.gz", "bash-completion/completions/nvdimm", "fish/vendor_completions.d/nvdimm.fish" })
        {
            Assert.That(Path.Combine(Root, "usr/share", file), Does.Exist);
        }

        AssertService();
        Assert.That(Directory.GetFiles(Root + "/usr/share/man/man1"), Has.Length.EqualTo(ManualPage.All(ToolRun.Commands()).Count()));
        Assert.That(Directory.GetFiles(Root + "/usr/share/zsh", "_nvdimm", SearchOption.AllDirectories), Has.Length.EqualTo(1));
    }

    /// <summary>The unit, its user, and the plugin in the folders where the oVirt Engine looks for it.</summary>
    private void AssertService()
    {
        var (status, _, error) = RealProgram.Run(Root + "/usr/libexec/nvdimm-extensions/nvdimm-engine-service", "--url=nonsense");
        Assert.That((status, error), Is.EqualTo((
            ExitStatus.Usage, "nvdimm-engine-service: --url: 'nonsense' is not an address such as https://engine.example.org/ovirt-engine\n")));
        var unit = File.ReadAllText(Root + "/usr/lib/systemd/system/nvdimm-engine-service.service");
        foreach (var hardened in new[] { "User=nvdimm-engine", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n" })
        {
            Assert.That(unit, Does.Contain(hardened));
        }

        Assert.That(Root + "/usr/lib/sysusers.d/nvdimm-engine-service.conf", Does.Exist);
        Assert.That(Root + "/etc/nvdimm-extensions/engine-service.conf", Does.Exist);
        var plugins = Root + "/usr/share/ovirt-engine/ui-plugins";
        var manifest = JObject.Parse(File.ReadAllText(plugins + "/nvdimm.json"));
        var resources = Path.Combine(plugins, (string)manifest["resourcePath"]!);
        Assert.That(Path.Combine(resources, Path.GetFileName((string)manifest["url"]!)), Does.Exist);
        var page = Directory.GetFiles(Path.Combine(TestFiles.RepositoryRoot, "src", "Nvdimm.Page", "Files")).Select(Path.GetFileName);
        Assert.That(Directory.GetFiles(resources).Select(Path.GetFileName), Is.EquivalentTo(page.Where(name => name != "nvdimm.json")));
    }

    private void AssertGone(string database) => Assert.That(
        Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(path => path[Root.Length..]).Where(path => !path.StartsWith(database, StringComparison.Ordinal)),
        Is.Empty);

    [GeneratedRegex(@"\(GLIBC_(?<version>[0-9.]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Glibc();

    [GeneratedRegex("(?:before|after)_[a-z_]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Point();
}
