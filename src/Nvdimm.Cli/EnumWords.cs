using System.Text;
using Nvdimm.Cli.Installation;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Doctor;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.HotPlug;
using Nvdimm.Extensions.Host.Start;
using Nvdimm.Extensions.Host.Verdicts;
using Nvdimm.Extensions.Policy;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli;

/// <summary>The words that the tool reads and writes for the values of enumerations.</summary>
internal static class EnumWords
{
    /// <summary><c>ovirt</c>, <c>largest</c>.</summary>
    public static IReadOnlyDictionary<string, SizingStrategy> Strategies { get; } = Of<SizingStrategy>('-');

    /// <summary>Operations with hyphens: <c>snapshot-with-memory</c>.</summary>
    public static IReadOnlyDictionary<string, HostDeviceOperation> Operations { get; } = Of<HostDeviceOperation>('-');

    /// <summary>The oVirt API's words: <c>wait_for_launch</c>.</summary>
    public static IReadOnlyDictionary<string, VmStatus> Statuses { get; } = Of<VmStatus>('_');

    /// <summary>The oVirt API's words: <c>user_migratable</c>.</summary>
    public static IReadOnlyDictionary<string, VmAffinity> Affinities { get; } = Of<VmAffinity>('_');

    /// <summary><c>enforcing</c> and the others.</summary>
    public static IReadOnlyDictionary<string, SelinuxState> SelinuxStates { get; } = Of<SelinuxState>('_');

    /// <summary>The word of a value.</summary>
    public static string Of(SizingStrategy strategy) => Word(strategy, '-');

    /// <summary>The word of a value.</summary>
    public static string Of(LayoutVerdict verdict) => Word(verdict, '-');

    /// <summary>The word of a value.</summary>
    public static string Of(Severity severity) => Word(severity, '-');

    /// <summary>The word of a value: <c>libvirt-and-qemu</c>, <c>qemu-alone</c>.</summary>
    public static string Of(ConformanceScope scope) => Word(scope, '-');

    /// <summary>The word of a value: <c>backend-size</c> and the others.</summary>
    public static string Of(ConformanceStep step) => Word(step, '-');

    /// <summary>The word of a value: <c>free</c>, <c>in-use-by-vm</c> and the others.</summary>
    public static string Of(DeviceState state) => Word(state, '-');

    /// <summary>The word of a value: <c>present</c>, <c>missing</c> and the others.</summary>
    public static string Of(PartState state) => Word(state, '-');

    /// <summary>The word of a value: <c>first-use</c> and the others.</summary>
    public static string Of(GuardVerdict verdict) => Word(verdict, '-');

    /// <summary>The word of a value: <c>verified</c>, <c>drift</c> and the others.</summary>
    public static string Of(FingerprintState state) => Word(state, '-');

    /// <summary>The word of a value: <c>fine</c>, <c>advice</c>, <c>data-at-risk</c>.</summary>
    public static string Of(DiagnosisLevel level) => Word(level, '-');

    /// <summary>The word of a value: <c>record</c>, <c>labels</c>; null if nothing is kept.</summary>
    public static string? Of(KeptSource? source) => source is { } value ? Word(value, '-') : null;

    /// <summary>The word of a value: <c>automatic</c>, <c>after-advised</c> and the others.</summary>
    public static string Of(HotPlugStep step) => Word(step, '-');

    /// <summary>The word of a value: <c>unknown</c>, <c>page-cache</c>, <c>dax</c>.</summary>
    public static string Of(BackingPersistence persistence) => Word(persistence, '-');

    /// <summary>ndctl's word; null if the mode is unknown.</summary>
    public static string? Of(NamespaceMode mode) => mode == NamespaceMode.Unknown ? null : Word(mode, '-');

    /// <summary>ndctl's word; null if there is none.</summary>
    public static string? Of(NamespaceMap map) => map switch
    {
        NamespaceMap.None => "none",
        NamespaceMap.Memory => "mem",
        NamespaceMap.Device => "dev",
        _ => null,
    };

    private static Dictionary<string, T> Of<T>(char separator)
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(value => Word(value, separator), StringComparer.Ordinal);

    private static string Word<T>(T value, char separator)
        where T : struct, Enum
    {
        var word = new StringBuilder();
        foreach (var character in value.ToString())
        {
            if (char.IsAsciiLetterUpper(character) && word.Length > 0)
            {
                word.Append(separator);
            }

            word.Append(char.ToLowerInvariant(character));
        }

        return word.ToString();
    }
}
