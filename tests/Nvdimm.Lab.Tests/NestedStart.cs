using System.Diagnostics;
using System.Globalization;
using Newtonsoft.Json.Linq;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Lab.Tests;

/// <summary>Starts of a VM inside the guest that plays the host: the hooks as processes, and the QEMU that libvirt would start, stopped.</summary>
internal sealed class NestedStart
{
    private const string VmId = "5b0a7c1e-52b0-4c8e-9c7e-2f4a3a1c9d10";
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "nvdimm-hook.dll");

    private readonly string scratch;

    /// <param name="scratch">A folder for the domain, the hooks' configuration and their state, which goes on with what is there.</param>
    public NestedStart(string scratch)
    {
        this.scratch = scratch;
        StateFolders.Made(State);
        File.WriteAllText(Configuration, $"state-folder = {State}\nunverified-hypervisor = warn\njournal = no\n");
    }

    private string State => Path.Combine(scratch, "state");

    private string Payload => Path.Combine(scratch, "domain.xml");

    private string Configuration => Path.Combine(scratch, "hook.conf");

    /// <summary>What is recorded and claimed is gone: a host that has never heard of the device.</summary>
    public void Forget()
    {
        Directory.Delete(State, recursive: true);
        StateFolders.Made(State);
    }

    /// <summary>Asks the hook; where it lets the VM start, QEMU starts as well, and ends.</summary>
    /// <param name="step">What the report is called.</param>
    /// <param name="nvdimm">The NVDIMM.</param>
    public JObject Run(string step, LabNvdimm nvdimm)
    {
        var domain = $"""
            <domain type='qemu'><name>nested</name><uuid>{VmId}</uuid><maxMemory slots='4' unit='GiB'>8</maxMemory><memory unit='MiB'>256</memory><vcpu>1</vcpu>
            <os><type arch='x86_64' machine='q35'>hvm</type></os><features><acpi/></features>
            <cpu><numa><cell id='0' cpus='0' memory='256' unit='MiB'/></numa></cpu><devices>{nvdimm.Xml}</devices></domain>
            """;
        var (status, line, xml) = Hook("before_vm_start", domain);
        var report = new JObject
        {
            ["step"] = step,
            ["status"] = status,
            ["line"] = line,
            ["codes"] = new JArray(HookAnswer.CodesIn(line)),
            ["isUnchanged"] = xml == domain,
        };
        if (status == 0)
        {
            var element = DomainNvdimms.Read(xml).Elements.Single();
            report["size"] = element.TargetSize.Bytes;
            report["qemu"] = Qemu(element);
        }

        return report;
    }

    /// <summary>Tells the hook that the VM of the last start is gone.</summary>
    public JObject End()
    {
        var (status, line, _) = Hook("after_vm_destroy", File.ReadAllText(Payload));
        return new JObject { ["step"] = "end", ["status"] = status, ["line"] = line };
    }

    /// <summary>As libvirt starts it; what QEMU says, the size that its guest would see, and whether the mapping is synchronous.</summary>
    private static JObject Qemu(NvdimmElement element)
    {
        var share = element.IsShared ? "on" : "off";
        var pmem = element.IsPmem ? ",pmem=on" : "";
        var align = element.AlignSize is { } written ? $",align={written.Bytes}" : "";
        var start = new ProcessStartInfo(
            "qemu-system-x86_64",
            [
                "-accel", "tcg", "-S", "-nodefaults", "-display", "none", "-qmp", "stdio", "-machine", "q35,nvdimm=on", "-m", "256M,slots=4,maxmem=8G",
                "-object", $"memory-backend-file,id=device,mem-path={element.Path},share={share},size={element.TargetSize.Bytes}{align}{pmem}",
                "-device", $"nvdimm,id=nvdimm,memdev=device,label-size={element.LabelSize!.Value.Bytes}",
            ])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write("""{"execute":"qmp_capabilities"}{"execute":"query-memory-devices"}""");
        process.StandardInput.Flush();

        // Greeting, answer, answer.
        var lines = Enumerable.Range(0, 3).Select(_ => process.StandardOutput.ReadLine()).ToList();
        var mapping = lines[^1] is null ? "" : Mapping(process.Id, element.Path);
        process.StandardInput.Write("""{"execute":"quit"}""");
        process.StandardInput.Close();
        process.WaitForExit();
        return new JObject
        {
            ["exitCode"] = process.ExitCode,
            ["error"] = error.GetAwaiter().GetResult().Trim(),
            ["guestSize"] = lines[^1] is { } answer ? JObject.Parse(answer)["return"]?[0]?["data"]?["size"] : null,
            ["isSynchronous"] = mapping.Split(' ').Contains("sf", StringComparer.Ordinal),
        };
    }

    /// <summary>The flags of a mapping in <c>smaps</c> (Linux <c>Documentation/filesystems/proc.rst</c>); <c>sf</c> is a synchronous page fault.</summary>
    private static string Mapping(int process, string path)
    {
        var lines = File.ReadAllLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/smaps");
        return lines.SkipWhile(line => !line.EndsWith($" {path}", StringComparison.Ordinal))
            .FirstOrDefault(line => line.StartsWith("VmFlags:", StringComparison.Ordinal)) ?? "";
    }

    private (int Status, string Line, string Xml) Hook(string point, string xml)
    {
        File.WriteAllText(Payload, xml);
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Program, point, "--config", Configuration])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            Environment = { ["_hook_domxml"] = Payload, ["vmId"] = VmId },
        };
        using var process = Process.Start(start)!;
        var line = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, line.Trim(), File.ReadAllText(Payload));
    }
}
