using System.Text;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Hook.Tests;

public sealed class ConfigurationTests
{
    private static readonly string Sample = Path.Combine(TestFiles.RepositoryRoot, "src", "Nvdimm.Hook", "hook.conf");

    [Test]
    public void Sample_HasEveryKeyWithItsDefault()
    {
        var lines = File.ReadAllLines(Sample);
        var defaults = Default;
        var read = ConfigurationReader.Read(Sample, File.ReadAllBytes(Sample));
        Assert.That(read with { AcceptedNames = defaults.AcceptedNames }, Is.EqualTo(defaults));
        Assert.That(read.AcceptedNames, Is.Empty.And.EqualTo(defaults.AcceptedNames));
        var keys = lines.Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(" = ")[0]);
        Assert.That(keys, Is.EquivalentTo(ConfigurationReader.KnownKeys));
        Assert.That(lines.Max(line => line.Length), Is.LessThan(160));
    }

    [TestCase("state-folder = /elsewhere/", nameof(HookConfiguration.StateFolder), "/elsewhere")]
    [TestCase("simulate = yes", nameof(HookConfiguration.IsSimulation), true)]
    [TestCase("journal = no", nameof(HookConfiguration.IsJournalled), false)]
    [TestCase("unverified-hypervisor = warn", nameof(HookConfiguration.UnverifiedHypervisor), UnverifiedReaction.Warn)]
    [TestCase("unverified-hypervisor = refuse", nameof(HookConfiguration.UnverifiedHypervisor), UnverifiedReaction.Refuse)]
    [TestCase("missing-nvdimm=warn", nameof(HookConfiguration.MissingNvdimm), StartReaction.Warn)]
    [TestCase("private-access = refuse", nameof(HookConfiguration.PrivateAccess), StartReaction.Refuse)]
    [TestCase("existing-content = refuse", nameof(HookConfiguration.ExistingContent), StartReaction.Refuse)]
    [TestCase("  offer-unusable  =  yes  ", nameof(HookConfiguration.OffersUnusable), true)]
    [TestCase("adjust-sizes = no", nameof(HookConfiguration.AdjustsSizes), false)]
    [TestCase("memory-hot-plug = place", nameof(HookConfiguration.MemoryHotPlug), HotPlugReaction.Place)]
    [TestCase("memory-hot-plug = warn", nameof(HookConfiguration.MemoryHotPlug), HotPlugReaction.Warn)]
    [TestCase("libvirt = qemu:///session", nameof(HookConfiguration.Connection), "qemu:///session")]
    [TestCase("virsh = /opt/virsh", nameof(HookConfiguration.Virsh), "/opt/virsh")]
    [TestCase("qemu-log-folder = /log", nameof(HookConfiguration.QemuLogFolder), "/log")]
    public void Key_IsRead(string line, string property, object expected) =>
        Assert.That(typeof(HookConfiguration).GetProperty(property)!.GetValue(Read(line)), Is.EqualTo(expected).And.Not.EqualTo(typeof(HookConfiguration).GetProperty(property)!.GetValue(Default)));

    [TestCase("  ")]
    [TestCase("\t")]
    [TestCase(" \t ")]
    public void AcceptNames_ArePairsWithBlanksBetween(string blanks) => Assert.That(
        Read($"accept-names = namespace0.0:00000001-82b6-40ad-8962-6f0412bab47d{blanks}namespace1.0:00000002-82b6-40ad-8962-6f0412bab47d").AcceptedNames,
        Is.EqualTo(new Dictionary<string, Guid>(StringComparer.Ordinal) { ["namespace0.0"] = new("00000001-82b6-40ad-8962-6f0412bab47d"), ["namespace1.0"] = new("00000002-82b6-40ad-8962-6f0412bab47d") }));

    [TestCase("simulate", "it is not KEY = VALUE")]
    [TestCase("simulate = ", "'simulate' has no value")]
    [TestCase("simulate = maybe", "'simulate' is yes or no, not 'maybe'")]
    [TestCase("simulat = yes", "there is no key 'simulat'")]
    [TestCase("unverified-hypervisor = ignore", "'unverified-hypervisor' is known, refuse or warn, not 'ignore'")]
    [TestCase("memory-hot-plug = yes", "'memory-hot-plug' is refuse, place or warn, not 'yes'")]
    [TestCase("state-folder = here", "'state-folder' is an absolute path, not 'here'")]
    [TestCase("accept-names = namespace0.0", "'accept-names' is none, or NAME:UUID for each name, not 'namespace0.0'")]
    [TestCase("= yes", "there is no key ''")]
    public void WrongLine_IsNamed(string line, string detail)
    {
        var thrown = Assert.Throws<HookException>(() => ConfigurationReader.Read("/etc/hook.conf", Utf8("# a comment\n\n", line)))!;
        Assert.That(thrown.Finding.Code, Is.EqualTo(NvdimmCodes.HookConfiguration));
        Assert.That(thrown.Message, Does.StartWith($"/etc/hook.conf, line 3: {detail}"));
    }

    [Test]
    public void KeyTwice_IsWrong() =>
        Assert.That(() => ConfigurationReader.Read("f", Utf8("journal = no\njournal = no\n")), Throws.InstanceOf<HookException>().With.Message.StartsWith("f, line 2: the key 'journal' stands twice"));

    [Test]
    public void ByteOrderMarkAndCarriageReturns_AreNoText() =>
        Assert.That(ConfigurationReader.Read("f", [.. Encoding.UTF8.Preamble, .. Utf8("# from another system\r\nsimulate = yes\r\n\r\njournal = no\r\n")]), Is.EqualTo(Default with { IsSimulation = true, IsJournalled = false }).Using<HookConfiguration>(AreEqual));

    [Test]
    public void OtherEncodings_AreNamedWithTheirLine()
    {
        Assert.That(() => ConfigurationReader.Read("f", [.. Utf8("# one\n# two "), 0xE9, (byte)'\n']), Throws.InstanceOf<HookException>().With.Message.StartsWith("f, line 2: it is not UTF-8"));
        Assert.That(() => ConfigurationReader.Read("f", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("simulate = yes\n")]), Throws.InstanceOf<HookException>().With.Message.StartsWith("f, line 1: it is not UTF-8"));
        Assert.That(() => ConfigurationReader.Read("f", Encoding.BigEndianUnicode.GetBytes("simulate = yes\n")), Throws.InstanceOf<HookException>().With.Message.StartsWith("f, line 1: there is no key"));
    }

    [Test]
    public void File_ThatWasNamed_HasToBeThere()
    {
        using var folder = new TemporaryFolder();
        Assert.That(Load(InvocationOf(folder.Path)).StateFolder, Is.EqualTo($"{folder.Path}{Default.StateFolder}"));
        var missing = Path.Combine(folder.Path, "none.conf");
        Assert.That(() => Load(InvocationOf(folder.Path, "--config", missing)), Throws.InstanceOf<HookException>().With.Message.Contains($"there is no {missing}"));
    }

    [Test]
    public void WhatIsNoFile_OrHuge_InItsPlace_IsWrong()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "etc", "nvdimm-extensions", "hook.conf");
        Directory.CreateDirectory(file);
        Assert.That(() => Load(InvocationOf(folder.Path)), Throws.InstanceOf<HookException>().With.Message.Contains($"{file}: it is no regular file"));
        Directory.Delete(file);
        Assert.That(RealProgram.Run("mkfifo", file).ExitCode, Is.Zero);
        Assert.That(() => Load(InvocationOf(folder.Path)), Throws.InstanceOf<HookException>().With.Message.Contains($"{file}: it is no regular file"));
        File.Delete(file);
        using (var huge = File.Create(file))
        {
            huge.SetLength(1L << 40);
        }

        Assert.That(() => Load(InvocationOf(folder.Path)), Throws.InstanceOf<HookException>().With.Message.Contains("it has more than 1048576 bytes"));
    }

    /// <summary>A link that leads nowhere was made by somebody who wanted a configuration: defaults must not hold in silence.</summary>
    [Test]
    public void LinkToNothing_IsNotTakenForNoConfiguration()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "etc", "nvdimm-extensions", "hook.conf");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.CreateSymbolicLink(file, "/nothing/here.conf");
        Assert.That(() => Load(InvocationOf(folder.Path)), Throws.InstanceOf<HookException>().With.Message.Contains($"{file} is a link to /nothing/here.conf, where nothing is"));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        File.CreateSymbolicLink(Path.GetDirectoryName(file)!, "/nothing/mounted");
        Assert.That(() => Load(InvocationOf(folder.Path)), Throws.InstanceOf<HookException>().With.Message.Contains("a link that leads to none"));
    }

    private static HookConfiguration Default => new();

    /// <summary>Names are compared by what is in them.</summary>
    private static bool AreEqual(HookConfiguration one, HookConfiguration other) =>
        one with { AcceptedNames = other.AcceptedNames } == other && one.AcceptedNames.SequenceEqual(other.AcceptedNames);

    private static HookConfiguration Load(Invocation invocation) => HookConfiguration.Load(invocation.Root, invocation.Options.Configuration);

    private static Invocation InvocationOf(string root, params string[] options) => Invocation.Of("nvdimm-hook", ["before_vm_start", "--root", root, .. options]);

    private static byte[] Utf8(params ReadOnlySpan<string> text) => Encoding.UTF8.GetBytes(string.Concat(text));

    private static HookConfiguration Read(string line) => ConfigurationReader.Read("f", Utf8(line));
}
