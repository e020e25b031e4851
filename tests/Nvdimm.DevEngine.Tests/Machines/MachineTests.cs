using System.Xml.Linq;

namespace Nvdimm.DevEngine.Tests.Machines;

/// <summary>An engine with the libvirt and QEMU of this machine, and files that stand for NVDIMMs.</summary>
[NonParallelizable]
public abstract class MachineTests
{
    protected const long MiB = 1 << 20;

    /// <summary>The daemon's QEMU is another user.</summary>
    protected const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;

    protected static readonly string Vm = RunningEngine.IdOf("vm-here");

    private protected string Connection { get; private set; } = "";

    private protected RunningEngine Engine { get; set; } = null!;

    [SetUp]
    public async Task StartEngineAsync()
    {
        RealProgram.Require("virsh", "libvirt-clients");
        RealProgram.RequireFile("/usr/sbin/libvirtd", "libvirt-daemon-system");
        RealProgram.Require("qemu-system-x86_64", "qemu-system-x86");
        var (status, output, error) = RealProgram.Run(Path.Combine(TestFiles.RepositoryRoot, "build", "libvirt-for-tests.sh"));
        Assert.That(status, Is.Zero, error);
        Connection = output.Trim();
        Engine = await StartAsync();
    }

    [TearDown]
    public async Task StopEngineAsync()
    {
        if (Engine is not null)
        {
            await Engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/stop");
            await Engine.DisposeAsync();
        }
    }

    /// <summary>An engine with two devices of 512 MiB.</summary>
    /// <param name="virsh">A script in the place of virsh.</param>
    /// <param name="change">Other options.</param>
    private protected Task<RunningEngine> StartAsync(string? virsh = null, Func<DevEngineOptions, DevEngineOptions>? change = null) => RunningEngine.StartAsync((options, folder) =>
    {
        File.SetUnixFileMode(folder.Path, Everybody | UnixFileMode.StickyBit);
        var files = new[] { "pmem-a", "pmem-b" }.Select(name => folder.PathOf(name)).ToArray();
        foreach (var file in files)
        {
            using (var device = File.Create(file))
            {
                device.SetLength(512 * MiB);
            }

            File.SetUnixFileMode(file, Everybody);
        }

        var own = options with { Libvirt = Connection, DeviceFiles = files, Virsh = virsh is null ? options.Virsh : folder.WriteScript("virsh", virsh) };
        return change?.Invoke(own) ?? own;
    });

    private protected Task<(int Status, XElement Body, HttpResponseMessage Answer)> StartVmAsync(bool isPaused = true) =>
        Engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/start", isPaused ? "<action><pause>true</pause></action>" : null);

    private protected async Task<string?> StatusAsync() => (await Engine.GetXmlAsync($"vms/{Vm}")).Element("status")?.Value;

    private protected XElement Domain()
    {
        var (status, output, error) = RealProgram.Run("virsh", "-c", Connection, "dumpxml", Vm);
        Assert.That(status, Is.Zero, error);
        return XElement.Parse(output);
    }
}
