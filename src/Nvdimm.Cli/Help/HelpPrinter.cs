using System.CommandLine;
using System.CommandLine.Invocation;

namespace Nvdimm.Cli.Help;

/// <summary>Prints the help of the command before <c>--help</c>.</summary>
internal sealed class HelpPrinter : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.Write(HelpText.Of(parseResult.CommandResult.Command));
        return ExitStatus.Good;
    }
}
