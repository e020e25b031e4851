using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Hypervisor;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Sysfs;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Tests;

/// <summary>The examples of the package readmes, of LAYOUTS.md and of SIZING.md, to the letter.</summary>
internal static class DocumentExamples
{
    public static void Sizing()
    {
        // shown in nuget/Nvdimm.Extensions.md: begin
        var sized = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromGiB(1)) { Align = Alignment.FromMiB(2) });
        Console.WriteLine($"{sized.Verdict}: guest {sized.Layout?.GuestSize}, label at {sized.Layout?.LabelOffset}");   // Ok: guest 896 MiB, label at 897.875 MiB

        // shown in nuget/Nvdimm.Extensions.md: end
    }

    public static void Parsing()
    {
        // shown in nuget/Nvdimm.Extensions.Ndctl.md: begin
        using var file = File.OpenRead("list-N-v.json");
        var listing = NdctlParser.Parse(file);
        foreach (var device in listing.Devices)
        {
            Console.WriteLine($"{device.Name} {device.Mode} {device.Size} {(device.IsUsable ? "usable" : string.Join(' ', device.Findings))}");
        }

        // shown in nuget/Nvdimm.Extensions.Ndctl.md: end
    }

    public static async Task<NdctlListing> AskingAsync()
    {
        // shown in nuget/Nvdimm.Extensions.Host.md: begin
        var runner = new NdctlRunner(useReader: new SysfsDeviceUseReader());
        var listing = await runner.ListAsync();   // devices in use carry NVDIMM_IN_USE_BY_HOST and are not usable

        // shown in nuget/Nvdimm.Extensions.Host.md: end
        return listing;
    }

    public static async Task<bool> VerifyingAsync()
    {
        // shown in nuget/Nvdimm.Extensions.Host.md: begin
        var report = await ConformanceCheck.RunAsync(new ConformanceOptions { Programs = new HypervisorPrograms { Connection = "qemu:///system" } });
        new FingerprintStore("/var/lib/nvdimm-extensions").Save(HypervisorFingerprint.Of(report));
        var isVerified = new FingerprintStore("/var/lib/nvdimm-extensions").Check(GuestArchitecture.X86_64).IsVerified;   // looks at files only, runs nothing

        // shown in nuget/Nvdimm.Extensions.Host.md: end
        return isVerified;
    }

    public static StartDecision Starting(NvdimmDevice device, SizingResult planned, string vmName, string vmId)
    {
        // shown in nuget/Nvdimm.Extensions.Host.md: begin
        var reader = new StartEvidenceReader(LayoutLedger.DefaultFolder, TimeProvider.System);
        var evidence = reader.Read(new StartVm(vmName, vmId), device, AskedNvdimm.Of(planned), reader.ReadHost());
        var decision = StartDecision.Decide(evidence, new StartPolicy { KeepFrom = KeepFrom.RecordThenLabels });
        if (decision.IsAllowed)
        {
            reader.Ledger.Save(decision.Use());   // decision.Layout is the one to start with
        }

        // shown in nuget/Nvdimm.Extensions.Host.md: end
        return decision;
    }

    public static StartDecision Checking(NvdimmDevice device, SizingResult planned)
    {
        // shown in src/Nvdimm.Extensions.Host/Guard/LAYOUTS.md: begin
        var reader = new StartEvidenceReader(LayoutLedger.DefaultFolder, TimeProvider.System);
        var evidence = reader.Read(new StartVm("db1", Id: null), device, AskedNvdimm.Of(planned), reader.ReadHost());
        var decision = StartDecision.Decide(evidence, new StartPolicy());   // as asked, or refused with every reason

        // shown in src/Nvdimm.Extensions.Host/Guard/LAYOUTS.md: end
        return decision;
    }

    public static string? BaseOfADimm(NvdimmLayout layout, ByteSize ram, ByteSize maxMemory, ByteSize dimmSize)
    {
        string? baseAddress = null;

        // shown in src/Nvdimm.Extensions/Sizing/SIZING.md: begin
        MemoryHotPlugPlan plug = MemoryHotPlug.Plan(new MemoryHotPlugRequest(GuestArchitecture.X86_64, ram, maxMemory, dimmSize) { Nvdimms = [layout] });
        if (!plug.ComesOnline && plug.Advised is { } advised)
        {
            baseAddress = MemoryHotPlug.Hex(advised.Address);   // <address type='dimm' slot='…' base='0x…'/>, with advised.Slot
        }

        // shown in src/Nvdimm.Extensions/Sizing/SIZING.md: end
        return baseAddress;
    }
}
