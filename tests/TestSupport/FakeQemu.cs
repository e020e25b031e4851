using System.Diagnostics;

namespace Nvdimm.Extensions.TestSupport;

/// <summary>A process with the command line of a QEMU that libvirt has started, and its pid file.</summary>
internal sealed class FakeQemu : IDisposable
{
    private readonly Process process;

    /// <param name="root">The folder below which <c>run</c> is.</param>
    /// <param name="name">The VM's name.</param>
    /// <param name="id">The VM's uuid.</param>
    /// <param name="path">The device of its NVDIMM.</param>
    /// <param name="more">More arguments.</param>
    public FakeQemu(string root, string name, string id, string path, params string[] more)
    {
        process = Process.Start(new ProcessStartInfo("/bin/sh", [
            "-c", "sleep 120; :", "-uuid", id,
            "-object", $"{{\"qom-type\":\"memory-backend-file\",\"id\":\"memnvdimm0\",\"mem-path\":\"{path}\",\"share\":true}}",
            "-device", "{\"driver\":\"nvdimm\",\"memdev\":\"memnvdimm0\",\"id\":\"nvdimm0\"}",
            .. more,
        ]))!;
        var folder = Path.Combine(root, "run", "libvirt", "qemu");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{name}.pid"), $"{process.Id}\n");
        SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{process.Id}/cmdline").Contains("-uuid", StringComparison.Ordinal), TimeSpan.FromSeconds(10));
    }

    public int Id => process.Id;

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
