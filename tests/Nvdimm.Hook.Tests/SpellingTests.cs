using System.Text;

namespace Nvdimm.Hook.Tests;

/// <summary>Domains that give a VM the NVDIMM of another one, in every spelling: what libvirt sees is never let start.</summary>
public sealed class SpellingTests
{
    private static IEnumerable<Spelling> Spellings => Spelling.All;

    [Test]
    public void EverythingThatLibvirtSees_IsRefused() =>
        Assert.That(Spelling.All.Where(row => row is { Libvirt: LibvirtSees.Device, IsRefused: false }), Is.Empty);

    [TestCaseSource(nameof(Spellings))]
    public void Hook_DoesWhatTheRowHas(object row)
    {
        var spelling = (Spelling)row;
        using var host = new HookHost();
        host.AddFsdax(0);
        Assert.That(host.Run("before_vm_start", host.Domain("engine-one.xml")).Status, Is.Zero);
        host.Environment["vmId"] = "11111111-52b0-4c8e-9c7e-2f4a3a1c9d10";
        var (status, line, _) = host.Run("before_vm_start", BytesOf(spelling, host.Device(0)));
        Assert.That(status, Is.EqualTo(spelling.IsRefused ? ExitStatus.Refused : 0), line);
    }

    [TestCaseSource(nameof(Spellings))]
    public void Libvirt_SeesWhatTheRowHas(object row)
    {
        RealProgram.Require("virsh", "libvirt-clients");
        RealProgram.Require("libvirtd", "libvirt-daemon-system");
        var (status, connection, error) = RealProgram.Run(Path.Combine(TestFiles.RepositoryRoot, "build", "libvirt-for-tests.sh"));
        Assert.That(status, Is.Zero, error);
        var spelling = (Spelling)row;
        using var folder = new TemporaryFolder();
        var file = folder.PathOf("domain.xml");
        File.WriteAllBytes(file, BytesOf(spelling, "/nowhere/pmem0"));
        var (exit, output, refusal) = RealProgram.Run("virsh", "-c", connection.Trim(), "domxml-to-native", "qemu-argv", "--xml", file);
        var seen = exit != 0 ? LibvirtSees.Nothing : output.Contains("nowhere/pmem0", StringComparison.Ordinal) ? LibvirtSees.Device : LibvirtSees.NoDevice;
        Assert.That(seen, Is.EqualTo(spelling.Libvirt), refusal + output);
    }

    /// <summary>The device's path in place of the word, in whatever encoding the word is.</summary>
    private static byte[] BytesOf(Spelling spelling, string device)
    {
        var bytes = spelling.Bytes;
        foreach (var encoding in new[] { Encoding.Latin1, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            bytes = Replace(Replace(bytes, encoding.GetBytes("DEVICE"), encoding.GetBytes(device)), encoding.GetBytes("DEVI<!-- -->CE"), encoding.GetBytes(device[..4] + "<!-- -->" + device[4..]));
        }

        return bytes;
    }

    private static byte[] Replace(byte[] bytes, byte[] word, byte[] by)
    {
        for (var at = 0; bytes.AsSpan(at).IndexOf(word) is >= 0 and var index; at += index + by.Length)
        {
            bytes = [.. bytes.AsSpan(0, at + index), .. by, .. bytes.AsSpan(at + index + word.Length)];
        }

        return bytes;
    }
}
