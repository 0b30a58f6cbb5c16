/* The one function that Go programs need of a library which Debian's Wine lacks. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length)
{
	return RtlGenRandom(buffer, (ULONG)length);
}
