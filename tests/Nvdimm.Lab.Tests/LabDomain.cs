using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Nvdimm.Lab.Tests;

/// <summary>A running domain of the libvirt for tests. It goes with this object, whatever happened.</summary>
internal sealed class LabDomain : IDisposable
{
    private static readonly Lazy<string> Connection = new(Connect);
    private readonly LabFolder folder;

    private LabDomain(string name, LabFolder folder) => (Name, this.folder) = (name, folder);

    public string Name { get; }

    private bool IsRunning => Virsh("list", "--name").Split('\n').Contains(Name, StringComparer.Ordinal);

    /// <summary>What a guest can get by hot plug.</summary>
    public static ByteSize HotPluggable { get; } = ByteSize.FromGiB(4);

    /// <summary>The domain without an NVDIMM: a guest of the lab with that much RAM in one NUMA cell.</summary>
    public static string Xml(string name, LabFolder folder, ByteSize memory) =>
        $"""
        <domain type='qemu'>
          <name>{name}</name>
          <maxMemory slots='16' unit='b'>{(memory + HotPluggable).Bytes}</maxMemory>
          <memory unit='b'>{memory.Bytes}</memory>
          <vcpu>1</vcpu>
          <os>
            {Machine(folder)}
            <kernel>{folder.Kernel}</kernel>
            <initrd>{folder.Initrd}</initrd>
            <cmdline>{folder.Guest.CommandLine}</cmdline>
          </os>
          <features><acpi/></features>
          <cpu{Cpu(folder)}<numa><cell id='0' cpus='0' memory='{memory.Bytes}' unit='b'/></numa></cpu>
          <on_reboot>destroy</on_reboot>
          <on_crash>destroy</on_crash>
          <devices>
            <disk type='file' device='disk'>
              <driver name='qemu' type='raw'/>
              <source file='{folder.Disk}'/>
              <target dev='vda' bus='virtio'/>
              <serial>lab</serial>
            </disk>
            <controller type='usb' model='none'/>
            <serial type='file'>
              <source path='{folder.Console}'/>
              <target port='0'/>
            </serial>
            <memballoon model='none'/>
          </devices>
        </domain>
        """;

    private static string Machine(LabFolder folder) => folder.Firmware is { } firmware
        ? $"""
            <type arch='{folder.Guest.Architecture}' machine='virt'>hvm</type>
            <loader readonly='yes' type='pflash'>{firmware}</loader>
            <nvram>{folder.Variables}</nvram>
            """
        : $"<type arch='{folder.Guest.Architecture}' machine='q35'>hvm</type>";

    private static string Cpu(LabFolder folder) =>
        folder.Guest == LabGuest.Arm ? " mode='custom'><model>cortex-a57</model>" : ">";

    /// <summary>
    /// Starts a domain. QEMU 7.2 now and then crashes while it starts (seen: a fault of its call_rcu thread, on a busy machine), before its guest runs:
    /// then it is started once more.
    /// </summary>
    public static LabDomain Start(string xml, string name, LabFolder folder)
    {
        var file = folder.PathOf("domain.xml");
        File.WriteAllText(file, xml);
        var (exitCode, _, error) = Run("create", file);
        if (exitCode != 0 && error.Contains("unexpectedly closed the monitor", StringComparison.Ordinal))
        {
            TestContext.Progress.WriteLine($"QEMU has gone while it started, and is started once more: {error}");
            Virsh("create", file);
        }
        else
        {
            Assert.That(exitCode, Is.Zero, $"virsh create {file}: {error}");
        }

        return new LabDomain(name, folder);
    }

    /// <summary>Lets a saved domain go on.</summary>
    public static LabDomain Restore(string file, string name, LabFolder folder)
    {
        Virsh("restore", file);
        return new LabDomain(name, folder);
    }

    /// <summary>Asks virsh, which must succeed.</summary>
    public static string Virsh(params string[] arguments)
    {
        var (exitCode, output, error) = Run(arguments);
        Assert.That(exitCode, Is.Zero, $"virsh {string.Join(' ', arguments)}: {error}");
        return output;
    }

    /// <summary>Waits until the guest has powered off.</summary>
    public void WaitForEnd() => Wait(() => !IsRunning, "it did not power off");

    /// <summary>Waits until the console matches.</summary>
    public Match WaitFor([StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Multiline, TimeSpan.FromSeconds(5));
        var match = Match.Empty;
        Wait(() => (match = regex.Match(folder.ConsoleText)).Success, $"the console never said '{pattern}'");
        return match;
    }

    public void Dispose()
    {
        if (IsRunning)
        {
            // It may have ended by itself since.
            var (_, _, error) = Run("destroy", Name);
            Assert.That(IsRunning, Is.False, error);
        }
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments) => RealProgram.Run("virsh", ["-c", Connection.Value, .. arguments]);

    private static string Connect()
    {
        var (exitCode, output, error) = RealProgram.Run(Path.Combine(TestFiles.RepositoryRoot, "build", "libvirt-for-tests.sh"));
        Assert.That(exitCode, Is.Zero, error);
        return output.Trim();
    }

    private void Wait(Func<bool> isOver, string failure)
    {
        var watch = Stopwatch.StartNew();
        while (!isOver())
        {
            Assert.That(watch.Elapsed, Is.LessThan(LabGuest.TimeLimit), $"{failure}:\n{folder.ConsoleText}");
            Thread.Sleep(200);
        }
    }
}
