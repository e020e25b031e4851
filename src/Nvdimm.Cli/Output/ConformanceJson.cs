using Newtonsoft.Json;
using Nvdimm.Cli.Planning;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.HotPlug;
using Nvdimm.Extensions.Host.Programs;

namespace Nvdimm.Cli.Output;

/// <summary>Writes the outcome of a conformance check as JSON.</summary>
internal static class ConformanceJson
{
    /// <summary>The document. The recording runs and is written last, after the rest of the document.</summary>
    public static void Conformance(this JsonTextWriter json, ConformanceReport report, NdctlOutcome ndctl, Func<Recording?> record) =>
        json.Object(() =>
    {
        json.Flag("conforms", report.Conforms);
        json.Flag("complete", report.IsComplete);
        json.Text("scope", EnumWords.Of(report.Scope));
        json.Array("programs", report.Programs, program => json.Object(() =>
        {
            json.Text("name", program.Name);
            json.Text("version", program.Version);
            json.Text("program", program.Program);
        }));
        json.Array("notInstalled", report.NotInstalled, architecture => json.WriteValue(architecture.Name));
        json.Number("seed", report.Seed);
        json.Number("cases", report.Cases);
        json.Array("groups", report.Groups, group => json.Object(() => json.Group(group)));
        json.Array("mismatches", report.Mismatches, mismatch => json.Object(() => json.Mismatch(mismatch)));
        json.Array("unprobed", report.Unprobed, open => json.Object(() =>
        {
            json.Text("architecture", open.Architecture.Name);
            json.Size("deviceSize", open.DeviceSize);
            json.Size("align", open.Align?.Size);
        }));
        json.Array("devices", report.Recorded, device => json.Object(() => json.Device(device)));
        json.Array("hotPlugs", report.HotPlugs, plug => json.Object(() => json.HotPlug(plug)));
        json.Array("addressLimits", report.AddressLimits, limit => json.Object(() => json.AddressLimit(limit)));
        json.Ndctl(ndctl);
        json.Flush();
        var recording = record();
        json.Text("recorded", recording is { IsRecorded: true } ? recording.Path : null);
        json.Kept(recording?.Kept);
    });

    private static void Kept(this JsonTextWriter json, HypervisorFingerprint? kept)
    {
        json.WritePropertyName("kept");
        if (kept is null)
        {
            json.WriteNull();
            return;
        }

        json.Object(() =>
        {
            json.Text("scope", EnumWords.Of(kept.Scope));
            json.Array("programs", kept.Programs, program => json.WriteValue(program.Name));
            json.Number("cases", kept.Cases);
            json.Number("mismatches", kept.Mismatches);
        });
    }

    private static void Group(this JsonTextWriter json, ConformanceGroup group)
    {
        json.Text("architecture", group.Architecture.Name);
        json.Size("align", group.Align?.Size);
        json.Number("cases", group.Cases);
        json.Number("conforming", group.Conforming);
        json.Number("alignOnly", group.AlignOnly);
        json.Number("notProbed", group.NotProbed);
        json.Number("timedOut", group.TimedOut);
        json.Number("mismatches", group.Mismatches);
    }

    private static void Mismatch(this JsonTextWriter json, ConformanceMismatch mismatch)
    {
        json.Text("architecture", mismatch.Sized.Request.Architecture.Name);
        json.Text("strategy", EnumWords.Of(mismatch.Sized.Request.Strategy));
        json.Size("align", mismatch.Sized.Request.Align?.Size);
        json.Layout(mismatch.Sized);
        json.Text("step", EnumWords.Of(mismatch.Step));
        json.Size("predicted", mismatch.Predicted);
        json.Size("seen", mismatch.Seen);
        json.Text("refusal", mismatch.Refusal);
        json.Text("command", mismatch.Command);
    }

    private static void Device(this JsonTextWriter json, RecordedLayoutResult device)
    {
        json.Text("device", device.Recorded.Device);
        json.Text("owner", device.Recorded.Owner);
        json.Flag("kept", device.IsKept);
        json.Flag("probed", device.IsProbed);
        json.Size("backendSize", device.Recorded.Layout.BackendSize);
        json.Size("guestSize", device.Recorded.Layout.GuestSize);
        json.Size("newBackendSize", device.Predicted.Layout?.BackendSize);
        json.Size("newGuestSize", device.Predicted.Layout?.GuestSize);
        json.Text("command", device.Mismatch?.Command);
    }

    private static void HotPlug(this JsonTextWriter json, HotPlugResult plug)
    {
        json.Text("architecture", plug.Request.Architecture.Name);
        json.Size("memory", plug.Request.Ram);
        json.Size("maxMemory", plug.Request.MaxMemory);
        json.Size("memoryBlock", plug.Predicted.MemoryBlock.Size);
        json.Array("nvdimmSizes", plug.Request.Nvdimms, layout => json.WriteValue(layout.GuestSize.Bytes));
        json.Size("dimmSize", plug.Request.DimmSize);
        json.Text("predicted", HotPlugOutput.Address(plug.Predicted.Automatic));
        json.Text("seen", HotPlugOutput.Address(plug.Seen));
        json.Flag("comesOnline", plug.Predicted.ComesOnline);
        json.Text("advisedAddress", HotPlugOutput.Address(plug.Predicted.Advised));
        json.Array("mismatches", plug.Mismatches, mismatch => json.Object(() =>
        {
            json.Text("step", EnumWords.Of(mismatch.Step));
            json.Place("predicted", mismatch.Predicted);
            json.Place("seen", mismatch.Seen);
            json.Text("refusal", mismatch.Refusal);
            json.Text("command", mismatch.Command);
        }));
    }

    private static void AddressLimit(this JsonTextWriter json, AddressLimitResult limit)
    {
        json.Text("architecture", limit.Architecture.Name);
        json.Text("machine", limit.Machine);
        json.Text("cpu", limit.Cpu);
        json.Size("memory", limit.Ram);
        json.Number("slots", limit.Slots);
        json.Size("maxMemory", limit.MaxMemory);
        json.Flag("refusalPredicted", limit.IsRefusalPredicted);
        json.Text("refusal", limit.Refusal);
        json.Flag("asPredicted", limit.IsAsPredicted);
        json.Text("command", limit.Command);
    }

    private static void Place(this JsonTextWriter json, string name, PlacedMemoryDevice? device)
    {
        json.WritePropertyName(name);
        if (device is not { } placed)
        {
            json.WriteNull();
            return;
        }

        json.Object(() =>
        {
            json.Text("address", HotPlugOutput.Address(placed.Place));
            json.Size("size", placed.Place.Size);
            json.Number("slot", placed.Place.Slot);
            json.Number("node", placed.Node);
        });
    }
}
