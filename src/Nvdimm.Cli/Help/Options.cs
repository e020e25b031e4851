using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Globalization;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Help;

/// <summary>Options that several commands share.</summary>
internal static class Options
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary><c>--ndctl FILE|-</c>.</summary>
    public static Option<string> Ndctl(string withoutIt) =>
        new("--ndctl")
        {
            HelpName = "FILE|-",
            Description = $"The output of 'ndctl list -N -v': a file, or - for standard input. {withoutIt}",
        };

    /// <summary><c>--vm FILE|-</c>.</summary>
    public static Option<string> Vm() => new("--vm")
    {
        HelpName = "FILE|-",
        Description = "The VM: a file in the format of VM-FILE.md, or - for standard input.",
    };

    /// <summary>Refuses a command line that reads standard input twice.</summary>
    public static void RequireOneStandardInput(CommandResult result, params ReadOnlySpan<Option<string>> files)
    {
        var count = 0;
        foreach (var file in files)
        {
            count += result.GetValue(file) == StandardInput ? 1 : 0;
        }

        if (count > 1)
        {
            result.AddError("Standard input can be only one of the files.");
        }
    }

    /// <summary><c>--device DEVICE…</c>.</summary>
    /// <param name="description">The purpose of the named devices, for the help.</param>
    /// <param name="isOne">Whether the command takes only one device.</param>
    public static Option<string[]> Devices(string description, bool isOne = false) => new("--device")
    {
        HelpName = "DEVICE",
        Description = $"{description} Give a kernel name, a uuid, a user-given name, or the path of a regular file of this host."
            + $"{(isOne ? "" : " Several may follow.")}",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary><c>--state-folder DIR</c>.</summary>
    public static Option<string> StateFolder(string description) => new("--state-folder")
    {
        HelpName = "DIR",
        Description = $"{description} Default: {LayoutLedger.DefaultFolder}.",
        DefaultValueFactory = _ => LayoutLedger.DefaultFolder,
    };

    /// <summary>The words of an option on the command line; empty if it was not given.</summary>
    public static ValueList<string> WordsOf(ParseResult parsed, Option option) =>
        parsed.GetResult(option) is { Tokens: { Count: > 0 } tokens }
        ? [option.Name, .. tokens.Select(token => token.Value)]
        : [];

    /// <summary><c>--by NAME</c>: who makes the recorded decision.</summary>
    public static Option<string> By(string description) => new("--by")
    {
        HelpName = "NAME",
        Description = $"{description} Default: your user name.",
        DefaultValueFactory = _ => Environment.UserName.Length > 0 ? Environment.UserName : "unknown",
    };

    /// <summary>Refuses an empty <c>--by</c>.</summary>
    public static void RequireName(CommandResult result, Option<string> by)
    {
        if (result.GetResult(by) is { Implicit: false } && string.IsNullOrWhiteSpace(result.GetValue(by)))
        {
            result.AddError("--by needs a name.");
        }
    }

    /// <summary><c>--keep-layout</c>.</summary>
    public static Option<bool> KeepLayout() => new("--keep-layout")
    {
        Description = "Keep the layout that the device was last used with, instead of computing one: "
            + "that of its record, or else that of the labels on it.",
    };

    /// <summary><c>--strategy ovirt|largest</c>.</summary>
    /// <param name="byDefault">The default, as the help prints it.</param>
    public static Option<SizingStrategy?> Strategy(string byDefault = "ovirt") => Word<SizingStrategy?>(
        "--strategy",
        $"The sizing strategy: ovirt computes the size as oVirt does, largest takes the largest size that works. Default: {byDefault}.",
        EnumWords.Strategies.ToDictionary(pair => pair.Key, pair => (SizingStrategy?)pair.Value, StringComparer.Ordinal));

    /// <summary><c>--label-size BYTES</c>.</summary>
    public static Option<ByteSize?> LabelSize() =>
        Size("--label-size", "The size of the label area: a multiple of 1 KiB. Default: 128KiB, as in oVirt.");

    /// <summary><c>--wide</c>.</summary>
    public static Option<bool> Wide() => new("--wide")
    {
        Description = "Show all columns, whatever the width of the terminal. A pipe always gets all columns.",
    };

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> AsJson() => new("--json") { Description = "Print JSON." };

    /// <summary><c>--format</c>, and <c>--json</c> as a short form of one of its words.</summary>
    public static (Option<T?> Format, Option<bool> Json) Format<T>(string description, IReadOnlyDictionary<string, T?> words)
        where T : struct =>
        (Word("--format", description, words), new Option<bool>("--json") { Description = "The same as --format json." });

    /// <summary>Refuses <c>--json</c> together with another <c>--format</c>.</summary>
    public static void RequireOneFormat<T>(CommandResult result, Option<T?> format, Option<bool> json, T jsonFormat)
        where T : struct
    {
        if (result.GetValue(json) && result.GetValue(format) is { } other && !other.Equals(jsonFormat))
        {
            result.AddError("--json and another --format exclude each other.");
        }
    }

    /// <summary>An option for a size, in bytes or with a unit.</summary>
    public static Option<ByteSize?> Size(string name, string description) => new(name)
    {
        HelpName = "BYTES",
        Description = Written(description, "16GiB, 128KiB"),
        CustomParser = result => ByteSize.TryParse(result.Tokens[0].Value, out var size)
            ? size
            : NoValue<ByteSize?>(
                result,
                $"'{result.Tokens[0].Value}' is no size for {name}: "
                + "write bytes, or a number with KiB, MiB, GiB or TiB, such as 1GiB. At most 2^63-1 bytes."),
    };

    /// <summary>An option for an alignment, at least one byte.</summary>
    public static Option<Alignment?> Align(string name, string description) => new(name)
    {
        HelpName = "BYTES",
        Description = Written(description, "2MiB"),
        CustomParser = result => ByteSize.TryParse(result.Tokens[0].Value, out var size) && size > ByteSize.Zero
            ? Alignment.FromBytes(size.Bytes)
            : NoValue<Alignment?>(
                result,
                $"'{result.Tokens[0].Value}' is no size for {name}: "
                + "write bytes above 0, or a number with KiB, MiB or GiB, such as 2MiB."),
    };

    /// <summary>An option for a number, at least 0.</summary>
    public static Option<int> Number(string name, string description, int byDefault) => new(name)
    {
        HelpName = "N",
        Description = string.Create(CultureInfo.InvariantCulture, $"{description} Default: {byDefault}."),
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : NoValue<int>(result, $"'{result.Tokens[0].Value}' is no number for {name}: a whole number from 0 to {int.MaxValue}."),
    };

    /// <summary>The architectures that can be sized, such as <c>x86_64, ppc64 or aarch64</c>.</summary>
    public static string Architectures
    {
        get
        {
            GuestArchitecture[] all = [.. GuestFamily.All.SelectMany(family => family.Architectures)];
            return $"{string.Join(", ", all[..^1])} or {all[^1]}";
        }
    }

    /// <summary>An option for a guest architecture. It takes any name: sizing refuses an unknown one.</summary>
    public static Option<GuestArchitecture?> Architecture(string description) => new("--arch")
    {
        HelpName = "NAME",
        Description = description,
        CustomParser = result => string.IsNullOrWhiteSpace(result.Tokens[0].Value)
            ? NoValue<GuestArchitecture?>(result, "--arch needs a name, such as x86_64.")
            : GuestArchitecture.FromName(result.Tokens[0].Value),
    };

    /// <summary>An option that takes one of several words.</summary>
    public static Option<T> Word<T>(string name, string description, IReadOnlyDictionary<string, T> words)
    {
        var option = new Option<T>(name)
        {
            HelpName = string.Join('|', words.Keys),
            Description = description,
            CustomParser = result => ParseWord(result, words, name[2..]),
        };
        Offer(option.CompletionSources, words.Keys);
        return option;
    }

    /// <summary>An argument that takes one of several words.</summary>
    public static Argument<T> Word<T>(string name, string description, IReadOnlyDictionary<string, T> words, string what)
    {
        var argument = new Argument<T>(name)
        {
            HelpName = name,
            Description = description,
            CustomParser = result => ParseWord(result, words, what),
        };
        Offer(argument.CompletionSources, words.Keys);
        return argument;
    }

    /// <summary>Sets the words that a shell completes; they replace what the type would offer.</summary>
    public static void Offer(List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources, IEnumerable<string> words)
    {
        sources.Clear();
        sources.Add(_ => words.Select(word => new CompletionItem(word)));
    }

    /// <summary>The value of a word. An unknown word is an error that names the nearest words and all of them.</summary>
    private static T? ParseWord<T>(ArgumentResult result, IReadOnlyDictionary<string, T> words, string what) =>
        words.TryGetValue(result.Tokens[0].Value, out var value)
            ? value
            : NoValue<T>(
                result,
                $"'{result.Tokens[0].Value}' is no {what}.{Nearest.Hint(result.Tokens[0].Value, words.Keys)} "
                + $"There are {string.Join(", ", words.Keys)}.");

    // The spelling of a size comes before the default, which is last in every description.
    private static string Written(string description, string examples) =>
        description.Split(" Default: ") is [var what, var byDefault]
            ? $"{what} In bytes, or with a unit: {examples}. Default: {byDefault}"
            : $"{description} In bytes, or with a unit: {examples}.";

    private static T? NoValue<T>(ArgumentResult result, string reason)
    {
        result.AddError(reason);
        return default;
    }
}
