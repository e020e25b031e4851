using System.Text;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Policy;
using Nvdimm.Hook.Configuration;

namespace Nvdimm.Hook.Start;

/// <summary>
/// NVDIMMs that a VM should have: those that its custom property <c>nvdimm</c> names; where it has none, those that the ledger says it
/// last had. The engine leaves one out in silence where its host's report missed it once, or where it cannot size it.
/// </summary>
internal static class MissingNvdimms
{
    /// <summary>The custom property: <c>none</c>, or names and uuids of namespaces separated by commas or blanks.</summary>
    public const string Property = "nvdimm";

    /// <summary>
    /// The verdict on a VM that comes without NVDIMMs. It starts whatever else is wrong on this host: what cannot be read here says nothing.
    /// </summary>
    public static HookResult OfVmWithout(HookContext context)
    {
        if (OfProperty(context) is { } named)
        {
            return HookResult.Of(Missing(context, [], named, Severity.Error));
        }

        if (context.VmId is not { } id)
        {
            return HookResult.Nothing;
        }

        var configuration = context.HasConfiguration ? context.Configuration : HookConfiguration.Default(context.Root);
        var severity = configuration.MissingNvdimm == StartReaction.Refuse ? Severity.Error : Severity.Warning;
        return HookResult.Of(Missing(context, [], OfRecords(Mentioning(configuration.StateFolder, id), id), severity));
    }

    /// <summary>What the VM should have; the property's word counts before the ledger's.</summary>
    public static (ValueList<AttachedNvdimm> Expected, Severity Severity) Of(HookContext context, ValueList<LayoutRecord> records) =>
        OfProperty(context) is { } named
            ? (named, Severity.Error)
            : (context.VmId is { } id ? OfRecords(records, id) : [], context.Configuration.MissingNvdimm == StartReaction.Refuse ? Severity.Error : Severity.Warning);

    /// <summary>The findings for what is expected and not there.</summary>
    public static IEnumerable<Finding> Missing(HookContext context, ValueList<AttachedNvdimm> there, ValueList<AttachedNvdimm> expected, Severity severity) => expected.Count == 0
        ? []
        : NvdimmPolicy.Evaluate(
            new PolicyRequest
            {
                Operation = NvdimmOperation.Start,
                Vm = new VmDescription { Name = $"VM {context.VmId}", Nvdimms = there, ExpectedNvdimms = expected },
            },
            rule => rule.Code == NvdimmCodes.SilentlyDetached).Violations.Select(violation => violation with { Severity = severity });

    /// <summary>The uuids that the custom property names.</summary>
    public static ValueList<Guid> Named(HookContext context) => (OfProperty(context) ?? []).Select(named => named.Uuid).OfType<Guid>().ToValueList();

    /// <summary>Whether the custom property names this device by its uuid, which stands for no other.</summary>
    public static bool IsNamed(HookContext context, Guid? uuid) => uuid is { } known && Named(context).Contains(known);

    private static ValueList<AttachedNvdimm>? OfProperty(HookContext context) => context.Environment(Property) switch
    {
        "none" => [],
        var text => text?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } words
            ? words.Select(word => Guid.TryParseExact(word, "D", out var uuid) ? new AttachedNvdimm(word, uuid) : new AttachedNvdimm(word)).ToValueList()
            : null,
    };

    private static ValueList<AttachedNvdimm> OfRecords(IEnumerable<LayoutRecord> records, string id) => records
        .Where(record => record.Layout is not null && string.Equals(record.VmId, id, StringComparison.OrdinalIgnoreCase))
        .Select(record => new AttachedNvdimm(record.Name, UuidOf(record.Identity)))
        .ToValueList();

    /// <summary>The uuid in an identity; null for one of a kernel name.</summary>
    public static Guid? UuidOf(DeviceIdentity identity) =>
        identity.IsStable && Guid.TryParseExact(identity.Key.AsSpan(identity.Key.IndexOf('-', StringComparison.Ordinal) + 1), "D", out var uuid) ? uuid : null;

    /// <summary>
    /// The records that mention a VM. Each file is searched before it is read as a record: mostly none does. A VM without NVDIMMs does not
    /// depend on what cannot be read.
    /// </summary>
    private static List<LayoutRecord> Mentioning(string folder, string id)
    {
        var wanted = Encoding.UTF8.GetBytes(id);
        return ReadOrNull(() => SmallFolder.NamesOrNull(folder, end: RecordFiles.End))?
            .Select(name => Path.Combine(folder, name))
            .Where(path => ReadOrNull(() => SmallFile.BytesOrNull(path, RecordFiles.MaximumBytes))?.AsSpan().IndexOf(wanted) >= 0)
            .Select(path => ReadOrNull(() => RecordFiles.Read(path))?.Record)
            .OfType<LayoutRecord>()
            .ToList() ?? [];
    }

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
