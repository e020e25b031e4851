using System.Diagnostics;

namespace Nvdimm.Hook.Tests;

/// <summary>A process with the command line of a QEMU that libvirt has started, and its pid file.</summary>
internal sealed class FakeQemu : IDisposable
{
    private readonly Process process;

    public FakeQemu(HookHost host, string name, string id, string path, params string[] more)
    {
        process = Process.Start(new ProcessStartInfo("/bin/sh", [
            "-c", "sleep 120; :", "-uuid", id,
            "-object", $"{{\"qom-type\":\"memory-backend-file\",\"id\":\"memnvdimm0\",\"mem-path\":\"{path}\",\"share\":true}}",
            "-device", "{\"driver\":\"nvdimm\",\"memdev\":\"memnvdimm0\",\"id\":\"nvdimm0\"}",
            .. more,
        ]))!;
        host.Write($"run/libvirt/qemu/{name}.pid", $"{process.Id}\n");
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
