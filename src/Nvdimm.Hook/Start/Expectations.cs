using System.Text;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Sysfs;

namespace Nvdimm.Hook.Start;

/// <summary>
/// NVDIMMs that a VM has to have: those that its custom property <c>nvdimm</c> names; where it has none, those that the ledger says are its own.
/// The engine leaves one out in silence where its host's report missed it once, or where it cannot size it.
/// </summary>
internal static class Expectations
{
    /// <summary>The custom property: <c>none</c>, or names and uuids of namespaces separated by commas or blanks.</summary>
    public const string Property = "nvdimm";

    public static StartExpectation Of(HookContext context, HookConfiguration configuration) => new()
    {
        Named = Named(context),
        AcceptedNames = configuration.AcceptedNames,
        Missing = configuration.MissingNvdimm,
    };

    /// <summary>
    /// The verdict on a VM that comes without NVDIMMs. It starts whatever else is wrong on this host: what cannot be read here says nothing.
    /// </summary>
    public static HookResult OfVmWithout(HookContext context)
    {
        var vm = new StartVm(Name: null, context.VmId);
        if (Named(context) is { } named)
        {
            return HookResult.Of(new StartExpectation { Named = named }.Judge(vm, [], [], "", []).Findings);
        }

        if (context.VmId is not { } id || ReadOrNull(() => MachineId.Of(context.Root)) is not { } host)
        {
            return HookResult.Nothing;
        }

        var configuration = context.HasConfiguration ? context.Configuration : HookConfiguration.Default(context.Root);
        var records = Mentioning(configuration.StateFolder, id);
        var devices = records.Count == 0 ? [] : ReadOrNull(() => new SysfsNvdimmReader(context.Root).Survey())?.Devices ?? [];
        return HookResult.Of(Of(context, configuration).Judge(vm, [], records, host, devices).Findings);
    }

    private static ValueList<string>? Named(HookContext context) => context.Environment(Property) switch
    {
        "none" => [],
        var text => text?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } words
            ? words.ToValueList()
            : null,
    };

    /// <summary>
    /// The records that mention a VM. Each file is searched before it is read as a record: mostly none does. A VM without NVDIMMs does not
    /// depend on what cannot be read.
    /// </summary>
    private static ValueList<LayoutRecord> Mentioning(string folder, string id) =>
        (ReadOrNull(() => SmallFolder.NamesOrNull(folder, end: RecordFiles.End)) ?? [])
            .Select(name => Path.Combine(folder, name))
            .Where(path => ReadOrNull(() => SmallFile.BytesOrNull(path, RecordFiles.MaximumBytes)) is { } bytes
                && Encoding.UTF8.GetString(bytes).Contains(id, StringComparison.OrdinalIgnoreCase))
            .Select(path => ReadOrNull(() => RecordFiles.Read(path))?.Record)
            .OfType<LayoutRecord>()
            .ToValueList();

    private static T? ReadOrNull<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or LayoutLedgerException)
        {
            return null;
        }
    }
}
