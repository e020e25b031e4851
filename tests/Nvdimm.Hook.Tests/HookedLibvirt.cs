using System.Diagnostics;
using System.Globalization;

namespace Nvdimm.Hook.Tests;

/// <summary>
/// A libvirt of its own, as the user nobody, that finds the native program among its hooks: in a mount namespace of its own its hooks' folder is one of
/// this test. The hook looks at a made host, whose folder of running QEMUs is this libvirt's.
/// </summary>
internal sealed class HookedLibvirt : IDisposable
{
    public const string Vm = "pmem-vm";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();
    private Process? daemon;

    public HookedLibvirt()
    {
        var program = NativeHook.Require();
        RealProgram.Require("virsh", "libvirt-clients");
        RealProgram.Require("qemu-system-x86_64", "qemu-system-x86");
        RealProgram.RequireFile("/usr/sbin/libvirtd", "libvirt-daemon-system");
        if (!Environment.IsPrivilegedProcess || !Directory.Exists("/etc/libvirt/hooks"))
        {
            RealProgram.Unavailable("Only root gives libvirt another folder of hooks, in the place of /etc/libvirt/hooks");
        }

        Host = new HookHost();
        Host.AddFsdax(0);
        File.Copy(program, folder.PathOf("nvdimm-hook"));
        Directory.CreateDirectory(folder.PathOf("home", "run", "libvirt", "qemu", "run"));
        Directory.CreateDirectory(folder.PathOf("home", "config", "libvirt", "qemu"));
        Directory.CreateDirectory(Path.Combine(Host.Root, "run", "libvirt"));
        Directory.CreateDirectory(Path.Combine(Host.Root, "etc", "libvirt"));
        Directory.CreateSymbolicLink(Path.Combine(Host.Root, "run", "libvirt", "qemu"), folder.PathOf("home", "run", "libvirt", "qemu", "run"));
        Directory.CreateSymbolicLink(Path.Combine(Host.Root, "etc", "libvirt", "qemu"), folder.PathOf("home", "config", "libvirt", "qemu"));
        Install($"#!/bin/bash\nexec -a {Host.Root}/etc/libvirt/hooks/qemu.d/50-nvdimm {folder.PathOf("nvdimm-hook")} \"$@\"\n");
        Good("chown", "-R", "nobody", folder.PathOf("home"), Host.State);
        Good("chmod", "755", folder.Path, Host.Root);
        Good("chmod", "666", Host.Device(0));
        Start();
    }

    public HookHost Host { get; }

    /// <summary>The file that a VM is saved to.</summary>
    public string Save => folder.PathOf("home", "saved");

    private string Connection => $"qemu+unix:///session?socket={folder.PathOf("home", "run", "libvirt", "libvirt-sock")}";

    /// <summary>Puts a script in the hook's place.</summary>
    public void Install(string script)
    {
        var path = folder.Write("hooks/qemu.d/50-nvdimm", script);
        Good("chmod", "755", path);
    }

    /// <summary>Starts the daemon.</summary>
    public void Start()
    {
        var home = folder.PathOf("home");
        string[] command =
        [
            "--mount", "--propagation", "private", "bash", "-euc",
            """
            mount --bind "$1" /etc/libvirt/hooks
            exec setpriv --reuid=nobody --regid=nogroup --clear-groups env -i "PATH=$PATH" "HOME=$2" "XDG_RUNTIME_DIR=$2/run" "XDG_CACHE_HOME=$2/cache" \
              "XDG_CONFIG_HOME=$2/config" libvirtd --timeout 300
            """,
            "-", folder.PathOf("hooks"), home,
        ];
        daemon = Process.Start(new ProcessStartInfo("unshare", command) { UseShellExecute = false, RedirectStandardError = true })!;
        daemon.ErrorDataReceived += (_, line) => TestContext.Progress.WriteLine(line.Data);
        daemon.BeginErrorReadLine();
        var waited = Stopwatch.StartNew();
        while (Virsh("version").ExitCode != 0)
        {
            Assert.That(daemon.HasExited, Is.False, "libvirtd has ended");
            Assert.That(waited.Elapsed, Is.LessThan(Patience), "libvirtd does not answer");
            Thread.Sleep(100);
        }
    }

    /// <summary>Ends the daemon; its VMs run on.</summary>
    public void Stop()
    {
        daemon!.Kill();
        daemon.WaitForExit();
        daemon.Dispose();
        daemon = null;
    }

    /// <summary>The process of the VM's QEMU.</summary>
    public int QemuOf(string vm) =>
        int.Parse(File.ReadAllText(Path.Combine(Host.Root, "run", "libvirt", "qemu", $"{vm}.pid")), CultureInfo.InvariantCulture);

    public (int ExitCode, string Output, string Error) Virsh(params string[] arguments) =>
        RealProgram.Run(Patience * 2, "virsh", ["-c", Connection, .. arguments]);

    /// <summary>Runs virsh, which has to succeed.</summary>
    public string VirshGood(params string[] arguments)
    {
        var (status, output, error) = Virsh(arguments);
        Assert.That(status, Is.Zero, error);
        return output;
    }

    /// <summary>Defines a VM with the device.</summary>
    public void Define(string nvdimm, string vm = Vm, string id = HookHost.VmId) => VirshGood("define", folder.Write($"{vm}.xml", $"""
        <domain type="qemu"><name>{vm}</name><uuid>{id}</uuid><memory>262144</memory>
        <maxMemory slots="16">4194304</maxMemory><vcpu>1</vcpu><os><type arch="x86_64" machine="pc">hvm</type></os><features><acpi/></features>
        <cpu><numa><cell id="0" cpus="0" memory="262144"/></numa></cpu><devices>{nvdimm}</devices></domain>
        """));

    /// <summary>The NVDIMM with a size.</summary>
    public string Nvdimm(long targetKiB) => $"""
        <memory model="nvdimm" access="shared"><source><path>{Host.Device(0)}</path><alignsize unit="KiB">2048</alignsize></source>
        <target><size unit="KiB">{targetKiB}</size><node>0</node><label><size unit="KiB">128</size></label></target></memory>
        """;

    public void Dispose()
    {
        if (daemon is null)
        {
            Start();
        }

        foreach (var vm in Virsh("list", "--name").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Virsh("destroy", vm);
        }

        Stop();
        Host.Dispose();
        folder.Dispose();
    }

    private static void Good(string program, params string[] arguments)
    {
        var (status, _, error) = RealProgram.Run(program, arguments);
        Assert.That(status, Is.Zero, error);
    }
}
