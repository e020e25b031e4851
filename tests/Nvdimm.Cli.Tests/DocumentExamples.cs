using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Tests;

/// <summary>The examples of a package readme, of LAYOUTS.md and of SIZING.md, to the letter.</summary>
internal static class DocumentExamples
{
    public static StartDecision Starting(NvdimmDevice device, SizingResult planned, string vmName, string vmId)
    {
        // shown in src/Nvdimm.Extensions.Host/README.md: begin
        var reader = new StartEvidenceReader(LayoutLedger.DefaultFolder, TimeProvider.System);
        var evidence = reader.Read(new StartVm(vmName, vmId), device, AskedNvdimm.Of(planned), reader.ReadHost());
        var decision = StartDecision.Decide(evidence, new StartPolicy { KeepFrom = KeepFrom.RecordThenLabels });
        if (decision.IsAllowed)
        {
            reader.Ledger.Save(decision.Use());   // decision.Layout is the one to start with
        }

        // shown in src/Nvdimm.Extensions.Host/README.md: end
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
        MemoryHotPlugPlan plug = MemoryHotPlug.Plan(new MemoryHotPlugRequest
        {
            Architecture = GuestArchitecture.X86_64,
            Ram = ram,
            MaxMemory = maxMemory,
            DimmSize = dimmSize,
            Nvdimms = [layout],
        });
        if (!plug.ComesOnline && plug.Advised is { } advised)
        {
            baseAddress = MemoryHotPlug.Hex(advised.Address);   // <address type='dimm' slot='…' base='0x…'/>, with advised.Slot
        }

        // shown in src/Nvdimm.Extensions/Sizing/SIZING.md: end
        return baseAddress;
    }
}
