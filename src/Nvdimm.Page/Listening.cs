using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Nvdimm.Page;

/// <summary>Why a program cannot listen, for the one line that it prints.</summary>
internal static class Listening
{
    /// <summary>Why the program cannot listen, and what to do; null if something else failed.</summary>
    /// <param name="failure">The failure of the start.</param>
    /// <param name="option">The option with the address, such as <c>--urls</c>.</param>
    public static string? WhyNot(Exception failure, string option)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
            {
                return $"another program uses the port. Stop it, or choose another port with {option}.";
            }

            if (cause is SocketException socket)
            {
                return $"{socket.Message}. Choose another address with {option}.";
            }
        }

        return failure is FormatException or InvalidOperationException ? $"{failure.Message} Correct {option}." : null;
    }
}
