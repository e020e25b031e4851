using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Newtonsoft.Json.Linq;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Lab.Tests;

/// <summary>What runs inside the guest that plays the host: it prints a line of JSON for each start of a nested QEMU.</summary>
internal static class Program
{
    private static readonly ByteSize FileSize = ByteSize.FromMiB(386);
    private static readonly ByteSize LabelSize = ByteSize.FromKiB(128);
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(120);

    public static int Main(string[] arguments)
    {
        var reports = arguments switch
        {
            ["backings", var listing, var labels, var scratch] => Backings(listing, Unpacked(labels, scratch), scratch),
            ["dax-file", var file, var content, var labels, var scratch] => DaxFile(file, content, Unpacked(labels, scratch), scratch),
            ["cached-file", var file, var scratch] => [Whole(scratch, "cached", file)],
            _ => [],
        };
        foreach (var report in reports)
        {
            Console.WriteLine(report.ToString(Newtonsoft.Json.Formatting.None));
        }

        return 0;
    }

    private static string Unpacked(string labels, string scratch)
    {
        var area = Path.Combine(scratch, "labels");
        using var packed = new GZipStream(File.OpenRead(labels), CompressionMode.Decompress);
        using var file = File.Create(area);
        packed.CopyTo(file);
        return area;
    }

    /// <summary>Tries each device of a listing as the backing of a nested QEMU.</summary>
    private static IEnumerable<JObject> Backings(string listing, string area, string scratch)
    {
        var blank = Path.Combine(scratch, "blank");
        File.WriteAllBytes(blank, new byte[new FileInfo(area).Length]);

        return
            from device in NdctlParser.Parse(File.ReadAllBytes(listing)).Devices
            where device.IsUsable
            from strategy in Enum.GetValues<SizingStrategy>()
            select Try(device, strategy, area, blank);
    }

    /// <summary>Starts with a file that gets labels, and with one that has content of 384 MiB; also with half of each, where nothing is recorded.</summary>
    private static IEnumerable<JObject> DaxFile(string file, string content, string area, string scratch)
    {
        yield return Whole(scratch, "first", file);
        using (var device = File.OpenWrite(file))
        {
            device.Position = (FileSize - LabelSize).Bytes;
            device.Write(File.ReadAllBytes(area));
        }

        yield return new NestedStart(scratch).End();
        yield return Whole(scratch, "again", file);
        yield return Half(scratch, "labels-elsewhere", file);
        yield return Half(scratch, "content-cut", content);
        yield return Whole(scratch, "content", content);
    }

    /// <summary>A start with the whole file.</summary>
    private static JObject Whole(string scratch, string step, string file) => new NestedStart(scratch).Run(step, Nvdimm(file, FileSize));

    /// <summary>A start with half of the file, on a host that knows nothing of it.</summary>
    private static JObject Half(string scratch, string step, string file)
    {
        var start = new NestedStart(scratch);
        start.Forget();
        return start.Run(step, Nvdimm(file, ByteSize.FromMiB(194)));
    }

    private static LabNvdimm Nvdimm(string file, ByteSize size) => new(file, size, Alignment.FromMiB(2)) { LabelSize = LabelSize, IsPmem = true };

    private static JObject Try(NvdimmDevice device, SizingStrategy strategy, string area, string blank)
    {
        var sized = NvdimmSizer.Size(SizingRequest.For(GuestArchitecture.X86_64, device)!.Value with { Strategy = strategy });
        var report = new JObject
        {
            ["path"] = device.Path,
            ["mode"] = device.ReportedMode,
            ["align"] = device.Align?.Bytes,
            ["strategy"] = strategy.ToString(),
            ["predicted"] = sized.Layout?.GuestSize.Bytes,
            ["codes"] = string.Join(' ', sized.Codes),
        };
        if (sized.BackendSize is null)
        {
            return report;
        }

        var (exitCode, output, error) = Qemu(device, sized, "ram", "-device", $"nvdimm,id=nvdimm,memdev=device,label-size={sized.Request.LabelSize.Bytes}");
        report["exitCode"] = exitCode;
        report["error"] = error;
        report["actual"] = SizeIn(output);
        if (sized.Layout is { LabelOffset: var offset })
        {
            // QEMU itself writes the label area: the device is the memory of another guest, and a loader puts the file there.
            report["loader"] = Load(device, sized, area, offset);
            report["found"] = FoundOn(device, sized.Request, offset);
            report["loader"] += Load(device, sized, blank, offset);
        }

        return report;
    }

    private static string Load(NvdimmDevice device, in SizingResult sized, string file, ByteSize offset) =>
        Qemu(device, sized, "device", "-device", $"loader,file={file},addr={offset.Bytes},force-raw=on").Error;

    /// <summary>The hash of the labels that the probe finds, which must be nowhere else.</summary>
    private static string FoundOn(NvdimmDevice device, in SizingRequest request, ByteSize offset)
    {
        var survey = new LabelProbe().Survey(device, new LabelSearch { LabelSize = request.LabelSize });
        return survey.UnreadableReason ?? string.Join(' ', survey.Found.Select(found => $"{found.Area.Hash}@{found.Offset.Bytes - offset.Bytes}"));
    }

    private static long? SizeIn(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(JObject.Parse)
        .Select(reply => (long?)(reply["return"] as JArray)?.FirstOrDefault()?["data"]?["size"])
        .FirstOrDefault(size => size is not null);

    private static (int ExitCode, string Output, string Error) Qemu(NvdimmDevice device, in SizingResult sized, string memory, params string[] arguments)
    {
        var backend = sized.BackendSize!.Value.Bytes.ToString(CultureInfo.InvariantCulture);
        string[] machine = memory == "device"
            ? ["-machine", "q35,memory-backend=device", "-m", $"{backend}b"]
            : ["-machine", "q35,nvdimm=on", "-m", $"256M,slots=1,maxmem={(sized.Request.DeviceSize + ByteSize.FromGiB(4)).Bytes}b"];
        var start = new ProcessStartInfo(
            "qemu-system-x86_64",
            [
                "-accel", "tcg", "-S", "-nodefaults", "-display", "none", "-qmp", "stdio", .. machine,
                "-object", $"memory-backend-file,id=device,mem-path={device.Path},share=on,size={backend},align={sized.AlignSize!.Value.Bytes}",
                .. arguments,
            ])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Write("""{"execute":"qmp_capabilities"}{"execute":"query-memory-devices"}{"execute":"quit"}""");
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeLimit))
        {
            process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult().Trim());
    }
}
